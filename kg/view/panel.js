// The details: overview, a thing, a line.
const panel = document.getElementById("panel");
let repaint = () => {};

function fill(...children) {
  panel.replaceChildren(...children.flat().filter((child) => child != null));
  panel.scrollTop = 0;
}

function part(title, ...children) {
  return element("section", {}, element("h3", {}, title), ...children);
}

function showOverview() {
  repaint = showOverview;
  fill(element("p", { class: "help" }, words("help")), part(words("letters"), element("ul", { class: "letters" }, data.documents.map(letterItem))));
}

function letterItem(id) {
  const title = things[id].names[0];
  return element("li", {}, linkTo(things[id]), title ? element("p", { class: "title" }, title) : null);
}

function showThing(id) {
  repaint = () => showThing(id);
  const thing = things[id];
  const own = data.documents.includes(id) ? thing.figures.map((figure) => figure.sentence) : [];
  const ids = [thing.mentions, ...thing.facts.map((fact) => fact.sentences), ...thing.standings.map((standing) => standing.sentences),
    ...thing.figures.map((figure) => figure.sentence), own].flat();
  const proof = evidence(ids, namesOf(thing));
  fill(
    heading(thing),
    actions(thing),
    thing.facts.length ? part(words("facts"), factList(thing, proof)) : null,
    thing.standings.length ? part(words("standings"), standingList(thing, proof)) : null,
    thing.figures.length ? part(words("figures"), figureTable(thing, proof)) : null,
    part(words("sentences"), proof.count ? proof.list : element("p", {}, words("none")), proof.more),
    data.documents.includes(id) ? wholeText(thing) : null,
  );
}

function heading(thing) {
  return element("div", { class: "heading" },
    element("p", { class: "kind" }, icon(kindOf(thing)), label(kindOf(thing)), element("button", { class: "back", onclick: showOverview }, words("back"))),
    element("h2", {}, thing.name),
    thing.names.length ? element("p", { class: "aliases" }, words("aliases") + words("of"), thing.names.join("；")) : null);
}

function actions(thing) {
  const hidden = neighbours(thing).filter((id) => !isShown(id)).length;
  const expandButton = hidden
    ? element("button", { class: "expand", onclick: () => expand(thing.id) }, words("expand", { count: hidden }))
    : element("span", { class: "quiet" }, words("expanded"));
  return element("p", { class: "actions" }, expandButton,
    element("button", { onclick: () => goTo(thing.id) }, words("centre")),
    element("button", { onclick: () => takeAway(thing.id) }, words("hide")));
}

// The facts grouped by relation and direction, in the ontology's order.
function factList(thing, proof) {
  const groups = new Map();
  for (const fact of thing.facts) {
    const inverse = fact.subject !== thing.id && !data.relations[fact.relation].symmetric;
    const key = `${inverse ? 1 : 0} ${String(fact.relation).padStart(4, "0")}`;
    if (!groups.has(key)) groups.set(key, { relation: data.relations[fact.relation], inverse, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const rows = [...groups.keys()].sort().map((key) => groups.get(key)).flatMap(({ relation, inverse, facts: group }) => [
    element("dt", {}, relationName(relation, inverse)),
    ...some(group, (fact) => element("dd", {}, objectOf(fact, thing), proof.cite(fact.sentences)), (more) => element("dd", {}, more)),
  ]);
  return element("dl", { class: "facts" }, rows);
}

// Elements for the first of many values, and a button, wrapped for its place, that puts the next ones before itself.
function some(values, make, wrap, from = 0) {
  const next = from + AT_ONCE;
  const made = values.slice(from, next).map(make);
  if (values.length <= next) return made;
  const button = element("button", { class: "more", onclick: () => wrapped.replaceWith(...some(values, make, wrap, next)) }, words("moreRows", { count: values.length - next }));
  const wrapped = wrap(button);
  return [...made, wrapped];
}

function relationName(relation, inverse) {
  if (!inverse) return label(relation);
  return relation.inverse[language] || relation.inverse.zh || `← ${label(relation)}`;
}

function objectOf(fact, thing) {
  if (typeof fact.object === "string") return element("span", { class: "literal" }, fact.object);
  return linkTo(things[fact.subject === thing.id ? fact.object : fact.subject]);
}

function standingList(thing, proof) {
  return element("ul", { class: "standings" }, thing.standings.map((standing) =>
    element("li", {}, element("span", { class: `standing ${standing.status}` }, words(standing.status)), proof.cite(standing.sentences))));
}

const BOUNDS = { "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ " };

function figureTable(thing, proof) {
  const head = ["type", "indicator", "value", "period", "source"].map((key) => element("th", { scope: "col" }, words(key)));
  return element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {},
    some(thing.figures, (figure) => figureRow(thing, figure, proof), (more) => element("tr", {}, element("td", { colspan: "5" }, more)))));
}

function figureRow(thing, figure, proof) {
  const kind = figureKinds.get(figure.kind);
  const others = [...new Set([figure.about, figure.scope, figure.beneficiary])].filter((id) => id >= 0 && id !== thing.id);
  return element("tr", {},
    element("td", {}, kind ? label(kind) : figure.kind),
    element("td", {}, figure.indicator, others.map((id) => element("p", { class: "of" }, linkTo(things[id])))),
    element("td", { class: "number" }, `${BOUNDS[figure.comparator] ?? figure.comparator}${readable(figure.value)}${language === "zh" ? "" : " "}${figure.unit}`),
    element("td", {}, figure.period.replace("/", "–")),
    element("td", {}, proof.cite([figure.sentence])));
}

// 14000.5 -> 14,000.5; in Chinese 110000000 -> 1.1亿, where that is exact in two decimals.  By the digits alone: a decimal
// is no floating-point number.
function readable(value) {
  const [whole, fraction = ""] = value.split(".");
  for (const [zeros, word] of language === "zh" ? [[8, "亿"], [4, "万"]] : []) {
    const rest = (whole.slice(-zeros) + fraction).replace(/0+$/, "");
    if (whole.length > zeros && rest.length <= 2) return grouped(whole.slice(0, -zeros), rest) + word;
  }
  return grouped(whole, fraction);
}

function grouped(whole, fraction) {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
}

function wholeText(thing) {
  const own = sentences.filter((sentence) => sentence.document === thing.id);
  const text = own.map((sentence) => element("p", { class: `said ${sentence.section}` }, sentence.text));
  return element("section", {}, element("details", { class: "whole" }, element("summary", {}, words("whole")), text));
}

// A line: each fact that joins its ends, with its sentences; or, for a faint line, the sentences that name the thing.
function showLine(key) {
  repaint = () => showLine(key);
  const [one, other] = key.split("-").map((id) => things[Number(id)]);
  const said = pairs.get(key) ?? [];
  fill(element("p", { class: "kind" }, element("button", { class: "back", onclick: showOverview }, words("back"))),
    said.length ? said.map(lineFact) : namedLine(one, other));
}

function lineFact(fact) {
  const ends = [things[fact.subject], things[fact.object]];
  const proof = evidence(fact.sentences, ends.flatMap(namesOf));
  const relation = data.relations[fact.relation];
  return element("section", { class: "line" },
    element("h2", {}, linkTo(ends[0]), element("span", { class: "relation" }, ` ${label(relation)} ${relation.symmetric ? "" : "→ "}`), linkTo(ends[1])),
    proof.list, proof.more);
}

function namedLine(one, other) {
  const [document_, thing] = data.documents.includes(one.id) && !one.mentions.some((id) => documentOf(id) === other.id) ? [one, other] : [other, one];
  const proof = evidence(thing.mentions.filter((id) => documentOf(id) === document_.id), namesOf(thing));
  return element("section", { class: "line" },
    element("h2", {}, linkTo(thing), element("span", { class: "relation" }, ` ${words("named")} `), linkTo(document_)), proof.list, proof.more);
}
