// The page's data, read once and indexed: what is known of a thing, and what joins two things.
const data = JSON.parse(document.getElementById("data").textContent);

function unpack({ columns, rows }) {
  return rows.map((row) => {
    const value = {};
    for (let i = 0; i < columns.length; i++) value[columns[i]] = row[i];
    return value;
  });
}

const things = unpack(data.things);
const sentences = unpack(data.sentences);
const facts = unpack(data.facts);
const figures = unpack(data.figures);
const standings = unpack(data.standings);
const figureKinds = new Map(data.figureKinds.map((kind) => [kind.name, kind]));
const pairs = new Map(); // "1-7" -> the facts that join things 1 and 7
const namesIn = new Map(); // document -> the things that it names

function pairKey(one, other) {
  return one < other ? `${one}-${other}` : `${other}-${one}`;
}

function index() {
  things.forEach((thing, id) => Object.assign(thing, { id, facts: [], figures: [], standings: [], near: new Set() }));
  sentences.forEach((sentence, id) => { sentence.id = id; });
  facts.forEach(indexFact);
  for (const figure of figures) {
    for (const id of new Set([figure.about, figure.scope, figure.beneficiary, documentOf(figure.sentence)])) {
      if (id >= 0) things[id].figures.push(figure);
    }
  }
  for (const standing of standings) things[standing.thing].standings.push(standing);
  for (const thing of things) indexNames(thing);
}

function indexFact(fact) {
  things[fact.subject].facts.push(fact);
  if (typeof fact.object !== "number" || fact.object === fact.subject) return;
  const key = pairKey(fact.subject, fact.object);
  things[fact.object].facts.push(fact);
  things[fact.subject].near.add(fact.object);
  things[fact.object].near.add(fact.subject);
  if (!pairs.has(key)) pairs.set(key, []);
  pairs.get(key).push(fact);
}

function indexNames(thing) {
  for (const id of documentsNaming(thing)) {
    if (!namesIn.has(id)) namesIn.set(id, []);
    namesIn.get(id).push(thing.id);
  }
}

function documentOf(sentence) {
  return sentences[sentence].document;
}

// The documents, other than itself, that name a thing.
function documentsNaming(thing) {
  return [...new Set(thing.mentions.map(documentOf))].filter((id) => id !== thing.id);
}

// The things next to one: by facts, then those that a document names, or the documents that name it.
function neighbours(thing) {
  const byFacts = [...thing.near].sort(byWeight);
  const byNames = [...(namesIn.get(thing.id) ?? []), ...documentsNaming(thing)].filter((id) => !thing.near.has(id));
  return [...byFacts, ...byNames.sort(byWeight)];
}

// The more telling of two things (numbers) first.
function byWeight(one, other) {
  return things[other].near.size - things[one].near.size || one - other;
}

function kindOf(thing) {
  return data.kinds[thing.kind];
}
