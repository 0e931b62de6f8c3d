// The details: of the whole, of a thing, of a line.
const panel = document.getElementById("panel");
const PAGES = { overview: () => showOverview(), timeline: () => showTimeline() };
let repaint = () => {};
let making = () => []; // makes what the panel shows
let allShown = false; // the reader wants to see what the filters leave out
let leftOut = 0; // how many entries the filters leave out of what is being made

document.querySelector(".skip").addEventListener("click", () => (panel.querySelector("h2") ?? panel).focus());

// Shows a page of the panel, made by `make`; what passes the filters, unless the reader asks for all of it.
function turnTo(make, page = "") {
  allShown = false;
  repaint = () => paintPanel(make, page, true);
  paintPanel(make, page, false);
}

function paintPanel(make, page, again) {
  const [scroll, focus] = [panel.scrollTop, panel.contains(document.activeElement)];
  making = make;
  const unfolded = again ? openParts() : [];
  panel.replaceChildren(pageTabs(page), ...made(make));
  openAgain(unfolded);
  panel.scrollTop = again ? scroll : 0;
  if (focus) (panel.querySelector("h2") ?? panel).focus({ preventScroll: true }); // what was clicked is gone
}

const FOLDED = [".cite:not(.rest)", ".card .small"]; // what opens quotations, then paragraphs

// Which quotations and paragraphs are open, by their places; they are found again where there are as many as before.
function openParts() {
  return FOLDED.map((wanted) => {
    const all = [...panel.querySelectorAll(wanted)];
    return { count: all.length, open: all.flatMap((button, i) => (button.getAttribute("aria-expanded") === "true" ? [i] : [])) };
  });
}

function openAgain(parts) {
  parts.forEach(({ count, open: open_ }, i) => {
    const all = [...panel.querySelectorAll(FOLDED[i])];
    if (all.length === count) for (const place_ of open_) all[place_].click();
  });
}

// What `make` makes, below a line about what the filters leave out of it.
function made(make) {
  leftOut = 0;
  const children = make().flat().filter((child) => child != null);
  return [filterLine(), ...children].filter(Boolean);
}

function pageTabs(page) {
  const tab = (name) => element("button", { class: `tab ${name}`, "data-key": `page ${name}`, "aria-current": name === page ? "page" : null, onclick: () => openPage(name) }, words(name));
  return element("nav", { class: "pages", "aria-label": words("pages") }, Object.keys(PAGES).map(tab));
}

// Of some values those that pass the filters; the others are counted.
function passing(values, passes) {
  if (!filtered()) return values;
  const found = values.filter(passes);
  leftOut += values.length - found.length;
  return allShown ? values : found;
}

// Sentences that pass; they are no entries of their own.
function passingSentences(ids) {
  return allShown || !filtered() ? ids : ids.filter(passesSentence);
}

function filterLine() {
  if (!leftOut) return null;
  const turn = () => { allShown = !allShown; repaint(); };
  return element("p", { class: "left-out", role: "status" }, allShown ? null : words("filteredOut", { count: leftOut }),
    element("button", { class: "small", "data-key": "filtered", onclick: turn }, words(allShown ? "filterAgain" : "showAll")));
}

function part(key, count, ...children) {
  return element("section", { class: `part ${key}` }, element("h3", {}, words(key), count == null ? null : element("span", { class: "count" }, count.toLocaleString("en-US"))), ...children);
}

function title(...children) {
  return element("h2", { tabindex: "-1" }, ...children.filter(Boolean));
}

function showOverview() {
  turnTo(() => [
    element("h2", { tabindex: "-1", class: "unseen" }, words("overview")),
    element("p", { class: "help" }, words("help")),
    lettersPart(),
    incentivesPart(null, passing(figures.filter(isIncentive), passesFigure), null),
  ], "overview");
}

function lettersPart() {
  const shown = passing([...data.documents].sort(byNumber), passesThing);
  if (!shown.length) return null;
  return part("letters", shown.length, element("ul", { class: "letters" }, some(shown, letterItem, (more) => element("li", {}, more))));
}

function letterItem(id) {
  const { title: named, date } = letterOf(id);
  const other = named || things[id].names[0];
  return element("li", {}, element("p", {}, linkTo(things[id]), date ? element("time", { datetime: date }, day(date)) : null),
    other ? element("p", { class: "title" }, other) : null);
}

function showThing(id) {
  turnTo(() => (isDocument(id) ? letterPage(things[id]) : thingPage(things[id])));
}

// What the panel says of a thing, less what the filters leave out, with the sentences behind it.
function knownOf(thing) {
  const known = {
    facts: passing(thing.facts, passesFact),
    standings: passing(thing.standings, (standing) => standing.sentences.some(passesSentence)),
    figures: passing(thing.figures, passesFigure),
    requests: passing(thing.requests, passesRequest),
  };
  const ids = [thing.mentions, ...[...known.facts, ...known.standings, ...known.requests].map((entry) => entry.sentences), known.figures.map((figure) => figure.sentence)].flat();
  return { ...known, proof: evidence(passingSentences(ids), namesOf(thing)) };
}

function thingPage(thing) {
  const { facts: said, standings: reached, figures: counted, requests: asked, proof } = knownOf(thing);
  return [
    heading(thing),
    actions(thing),
    requestsPart(thing, asked, proof),
    said.length ? part("facts", said.length, factList(thing, said, proof)) : null,
    reached.length ? part("standings", null, standingTable(reached, proof)) : null,
    figuresPart(thing, counted.filter((figure) => !isIncentive(figure)), proof),
    incentivesPart(thing, counted.filter(isIncentive), proof),
    part("sentences", proof.count, proof.count ? proof.list() : element("p", {}, words("none"))),
  ];
}

function heading(thing) {
  return element("header", { class: "heading" },
    element("p", { class: "kind" }, icon(kindOf(thing)), label(kindOf(thing))),
    title(thing.name, apartMark(thing)),
    thing.names.length ? element("p", { class: "aliases" }, element("span", { class: "label" }, words("aliases") + words("of")), thing.names.join("；")) : null);
}

function actions(thing) {
  const [hidden, filteredOut] = [hiddenNeighbours(thing.id), filteredNeighbours(thing.id)];
  const expandButton = hidden ? element("button", { class: "expand first", "data-key": "expand", onclick: () => expand(thing.id) }, words("expand", { count: hidden }))
    : filteredOut ? null : element("span", { class: "quiet" }, words("expanded"));
  const filteredButton = filteredOut ? element("button", { class: "filtered", "data-key": "filteredNeighbours", onclick: () => showFiltered(thing.id) }, words("expandFiltered", { count: filteredOut })) : null;
  const button = (key, act) => element("button", { class: key, "data-key": key, onclick: act }, words(key));
  return element("div", { class: "actions" }, expandButton, filteredButton,
    isShown(thing.id) ? [button("collapse", () => collapse(thing.id)), button("hide", () => takeAway(thing.id))] : null,
    button("centre", () => goTo(thing.id)), button("pathTo", () => pickFrom(thing.id)), surroundingsButtons(thing));
}

// Buttons that leave in the picture what is within 1, 2, 3 steps.
function surroundingsButtons(thing) {
  const id = `around-${thing.id}`;
  return element("span", { class: "around-buttons", role: "group", "aria-labelledby": id }, element("span", { class: "label", id }, words("around_")),
    [1, 2, 3].map((steps) => element("button", { class: "steps", "data-key": `around ${steps}`, "aria-label": words("around", { steps, count: steps }), onclick: () => focusOn(thing.id, steps) }, String(steps))));
}

// The facts grouped by relation and direction, in the ontology's order.
function factList(thing, said, proof) {
  const groups = new Map();
  for (const fact of said) {
    const inverse = fact.subject !== thing.id && !data.relations[fact.relation].symmetric;
    const key = `${inverse ? 1 : 0} ${String(fact.relation).padStart(4, "0")}`;
    if (!groups.has(key)) groups.set(key, { relation: data.relations[fact.relation], inverse, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const rows = [...groups.keys()].sort().map((key) => groups.get(key)).map(({ relation, inverse, facts: group }) => element("div", { class: "group" },
    element("dt", {}, plainLabel(relation, inverse)),
    some(group, (fact) => factRow(fact, thing, inverse, proof), (more) => element("dd", {}, more))));
  return element("dl", { class: "facts" }, rows);
}

// What stands at the other end of a fact, the numbers of its sentences, and a button to its line.
function factRow(fact, thing, inverse, proof) {
  const relation = data.relations[fact.relation];
  const cites = proof.cite(fact.sentences, objectWords(fact, thing));
  if (joins(fact)) cites.append(lineButton(fact, relation));
  return element("dd", {}, framed(relation, inverse, objectOf(fact, thing)), cites);
}

// Opens the page of a line, as a click on it does: so by keyboard too.
function lineButton(fact, relation) {
  const said = words("openLine", { line: `${things[fact.subject].name} ${plainLabel(relation)} ${things[fact.object].name}` });
  const picture_ = svg("svg", { viewBox: "0 0 18 10", "aria-hidden": "true", focusable: "false" }, svg("path", { d: "M4 5H14" }), svg("circle", { cx: 3, cy: 5, r: 2.5 }), svg("circle", { cx: 15, cy: 5, r: 2.5 }));
  return element("button", { class: "to-line", "aria-label": said, title: said, onclick: () => goToLine(pairKey(fact.subject, fact.object)) }, picture_);
}

function objectOf(fact, thing) {
  if (typeof fact.object === "string") return element("span", { class: "literal" }, /date|gYear/.test(fact.datatype ?? "") ? day(fact.object) : fact.object);
  return linkTo(things[otherEnd(fact, thing)]);
}

function otherEnd(fact, thing) {
  return fact.subject === thing.id ? fact.object : fact.subject;
}

// The words for the other end of a fact, to mark them in its sentences.
function objectWords(fact, thing) {
  return typeof fact.object === "string" ? [fact.object, day(fact.object)] : namesOf(things[otherEnd(fact, thing)]);
}

// A line: each fact that joins its ends, with every sentence that says it in its paragraph; or, for a faint line, the
// sentences that name the thing.
function showLine(key) {
  const [one, other] = key.split("-").map((id) => things[Number(id)]);
  const said = pairs.get(key) ?? [];
  turnTo(() => (said.length ? passing(said, passesFact).map(lineFact) : namedLine(one, other)));
}

function lineFact(fact, i) {
  const ends = [things[fact.subject], things[fact.object]];
  const relation = data.relations[fact.relation];
  return element("section", { class: "line" }, lineTitle(ends, relation, i),
    paragraphs(passingSentences(fact.sentences), ends.flatMap(namesOf)));
}

// 甲 → 支持 → 乙; where the label is a frame, as a sentence: 甲 由 乙 发布.
function lineTitle([one, other], relation, i) {
  const between = (text) => element("span", { class: "relation" }, ` ${text} `);
  const sign = relation?.symmetric ? "—" : "→";
  const frame = relation && label(relation).includes(BLANK) ? label(relation).split(BLANK) : null;
  const names = frame ? [linkTo(one), between(frame[0]), linkTo(other), between(frame[1])]
    : [linkTo(one), between(relation ? `${sign} ${label(relation)} ${sign}` : words("named")), linkTo(other)];
  return i ? element("h2", {}, names) : title(names);
}

function namedLine(one, other) {
  const [document_, thing] = isDocument(one.id) && !one.mentions.some((id) => documentOf(id) === other.id) ? [one, other] : [other, one];
  const ids = passing(thing.mentions.filter((id) => documentOf(id) === document_.id), passesSentence);
  return [element("section", { class: "line" }, lineTitle([document_, thing], null, 0), paragraphs(ids, namesOf(thing)))];
}
