// A letter: its form (who asked, who answered, when, copies) and its passages in order with every entity linked.
const FORM = ["repliesTo", "raisedBy", "firstProposer", "coSigner", "session", "issuedBy", "addressedTo", "leadAgency", "jointAgency", "consulted",
  "documentNumber", "issued", "signedBy", "printedBy", "printedOn", "copiedTo", "contact", "telephone", "category", "publicity"];
let namedIn = null; // sentence -> the things it names

function letterPage(letter) {
  const { standings: reached, figures: counted, facts: said, requests: asked, proof } = knownOf(letter);
  const form = formFacts(letter);
  const others = said.filter((fact) => !form.includes(fact) && data.relations[fact.relation].name !== "title");
  const elsewhere = passingSentences(letter.mentions).filter((id) => documentOf(id) !== letter.id);
  return [
    letterHeading(letter),
    actions(letter),
    form.length ? part("form_", null, formList(letter, form, proof)) : null,
    requestsPart(letter, asked, proof),
    others.length ? part("facts", others.length, factList(letter, others, proof)) : null,
    reached.length ? part("standings", null, standingTable(reached, proof)) : null,
    figuresPart(letter, counted.filter((figure) => !isIncentive(figure)), proof),
    incentivesPart(letter, counted.filter(isIncentive), proof),
    elsewhere.length ? part("elsewhere", elsewhere.length, proof.list(elsewhere)) : null,
    letterText(letter, proof),
  ];
}

function letterHeading(letter) {
  const { title: printed, date } = letterOf(letter.id);
  const names = letter.names.filter((name) => name !== printed);
  return element("header", { class: "heading" },
    element("p", { class: "kind" }, icon(kindOf(letter)), label(kindOf(letter)), date ? element("time", { datetime: date }, day(date)) : null),
    title(letter.name, apartMark(letter)),
    printed && printed !== letter.name ? element("p", { class: "letter-title" }, printed) : null,
    names.length ? element("p", { class: "aliases" }, element("span", { class: "label" }, words("aliases") + words("of")), names.join("；")) : null);
}

// What the head and foot of a letter say of it and of the proposals it answers.
function formFacts(letter) {
  const said = things[letter.id].facts.filter((fact) => fact.subject === letter.id);
  const proposals = said.filter((fact) => data.relations[fact.relation].name === "repliesTo").map((fact) => things[fact.object]);
  const all = [...said, ...proposals.flatMap((proposal) => proposal.facts.filter((fact) => fact.subject === proposal.id))];
  return passing([...new Set(all)].filter((fact) => FORM.includes(data.relations[fact.relation].name)), passesFact);
}

function formList(letter, form, proof) {
  const rank = (fact) => FORM.indexOf(data.relations[fact.relation].name);
  const groups = new Map();
  for (const fact of [...form].sort((one, other) => rank(one) - rank(other))) {
    if (!groups.has(fact.relation)) groups.set(fact.relation, new Map());
    const same = groups.get(fact.relation);
    if (!same.has(fact.object)) same.set(fact.object, fact);
  }
  return element("dl", { class: "facts form" }, [...groups].map(([relation, same]) => element("div", { class: "group" },
    element("dt", {}, plainLabel(data.relations[relation])),
    [...same.values()].map((fact) => factRow(fact, things[fact.subject], false, proof)))));
}

// The passages in order, paragraph by paragraph, under their headings.
function letterText(letter, proof) {
  const own = passing(sentencesOf(letter.id).map((id) => sentences[id]), (sentence) => passesSentence(sentence.id));
  const blocks = [];
  for (const sentence of own) {
    const last = blocks.at(-1);
    if (last && last[0].paragraph === sentence.paragraph && sentence.paragraph !== undefined) last.push(sentence);
    else blocks.push([sentence]);
  }
  const made = blocks.map((block, i) => [
    block[0].section && block[0].section !== blocks[i - 1]?.[0].section ? element("p", { class: "begins" }, element("span", { class: `section ${block[0].section}` }, sectionName(block[0]))) : null,
    element("p", { class: `block ${block[0].section}` }, block.map((sentence) => element("span", { class: "passage", id: `passage-${sentence.id}` }, onPaper ? textNumber(proof.numberInText(sentence.id)) : null, linked(sentence.text, namedBy(sentence.id))))),
  ]);
  return element("section", { class: "part text" }, element("h3", {}, words("text")), element("div", { class: "letter-text" }, made));
}

// On paper, where nothing opens: the number that points at a sentence.
function textNumber(number) {
  return number ? element("span", { class: "text-number" }, `[${number}]`) : null;
}

// The things that a sentence names.
function namedBy(sentence) {
  if (namedIn === null) {
    namedIn = new Map();
    for (const thing of things) for (const id of thing.mentions) {
      if (!namedIn.has(id)) namedIn.set(id, []);
      namedIn.get(id).push(thing.id);
    }
  }
  return namedIn.get(sentence) ?? [];
}
