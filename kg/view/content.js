// The page's data, read once, and what is known of a thing.  A graph may have fifty thousand things: what joins them is
// held in flat arrays, and lists of a thing are made when they are first asked for.
const data = JSON.parse(document.getElementById("data").textContent);

// A table's rows as objects, numbered.  A column of few different words has their numbers in a list of its own.
function unpack({ columns, rows, words: lists = {} }, make = () => ({})) {
  const coded = columns.map((column) => lists[column]);
  return rows.map((row, id) => {
    const value = make();
    value.id = id;
    for (let i = 0; i < columns.length; i++) value[columns[i]] = coded[i] === undefined ? row[i] : coded[i][row[i]];
    return value;
  });
}

function lazily(make) {
  let made;
  return () => (made ??= make());
}

class Thing {
  get facts() { return (this.factList ??= Array.from(factIndex().of(this.id), (i) => facts[i])); }
  get figures() { return figureIndex().get(this.id) ?? []; }
  get standings() { return standingIndex().get(this.id) ?? []; }
  get requests() { return requestIndex().get(this.id) ?? []; } // that it repeats, or makes
  get near() { return (this.nearSet ??= new Set(nearIndex().of(this.id))); } // by facts
}

const things = unpack(data.things, () => new Thing());
const sentences = unpack(data.sentences);
const facts = unpack(data.facts);
const figures = unpack(data.figures);
const standings = unpack(data.standings);
const requests = unpack(data.requests);
const letterRows = unpack(data.letters);
const letterByThing = new Map(letterRows.map((letter) => [letter.thing, letter]));
const figureKinds = new Map(data.figureKinds.map((kind) => [kind.name, kind]));

// Numbers by row, one behind the other in one array.  `each` is called twice with a function put(row, number).
function flatTable(size, each) {
  const start = new Int32Array(size + 1);
  each((row) => { start[row + 1] += 1; });
  for (let row = 0; row < size; row++) start[row + 1] += start[row];
  const numbers = new Int32Array(start[size]);
  const next = start.slice();
  each((row, number) => { numbers[next[row]] = number; next[row] += 1; });
  return { start, numbers, count: (row) => start[row + 1] - start[row], of: (row) => numbers.subarray(start[row], start[row + 1]) };
}

// Does a fact join two different things?
function joins(fact) {
  return typeof fact.object === "number" && fact.object !== fact.subject;
}

const factIndex = lazily(() => flatTable(things.length, (put) => {
  for (let i = 0; i < facts.length; i++) {
    put(facts[i].subject, i);
    if (joins(facts[i])) put(facts[i].object, i);
  }
}));

const nearIndex = lazily(() => {
  const { start, numbers } = factIndex();
  const seen = new Int32Array(things.length);
  let round = 0;
  return flatTable(things.length, (put) => {
    for (let id = 0; id < things.length; id++) {
      round += 1;
      for (let i = start[id]; i < start[id + 1]; i++) {
        const fact = facts[numbers[i]];
        if (!joins(fact)) continue;
        const other = fact.subject === id ? fact.object : fact.subject;
        if (seen[other] !== round) put(id, other);
        seen[other] = round;
      }
    }
  });
});

// Document -> the things that it names, but for itself.
const namesIndex = lazily(() => flatTable(things.length, (put) => {
  for (const thing of things) for (const id of documentsNaming(thing)) put(id, thing.id);
}));

const sentenceIndex = lazily(() => flatTable(things.length, (put) => {
  for (let id = 0; id < sentences.length; id++) put(sentences[id].document, id);
}));

function listed(values, owners) {
  const found = new Map();
  for (const value of values) {
    for (const id of new Set(owners(value))) if (id >= 0) found.has(id) ? found.get(id).push(value) : found.set(id, [value]);
  }
  return found;
}

const figureIndex = lazily(() => listed(figures, ({ about, scope, beneficiary, sentence }) => [about, scope, beneficiary, documentOf(sentence)]));
const standingIndex = lazily(() => listed(standings, ({ thing }) => [thing]));
const requestIndex = lazily(() => listed(requests, ({ document: id, proposal }) => [id, proposal]));
const iriIndex = lazily(() => new Map(things.map(({ iri, id }) => [iri, id])));

function pairKey(one, other) {
  return one < other ? `${one}-${other}` : `${other}-${one}`;
}

// "1-7" -> the facts that join things 1 and 7, found among those of the one that has fewer.
const pairs = {
  known: new Map(),
  get(key) {
    if (!this.known.has(key)) {
      const [one, other] = key.split("-").map(Number).sort((a, b) => factCount(a) - factCount(b));
      const found = things[one].facts.filter((fact) => fact.subject === other || fact.object === other);
      this.known.set(key, found.length && one !== other ? found : undefined);
    }
    return this.known.get(key);
  },
  has(key) { return this.get(key) !== undefined; },
};

// Are all that were read letters?
const onlyLetters = lazily(() => data.documents.every((id) => kindOf(things[id]).name === "Letter"));

const factCount = (id) => factIndex().count(id);
const degree = (id) => nearIndex().count(id); // by facts
const isDocument = (id) => letterByThing.has(id);
const namesInDocument = (id) => [...namesIndex().of(id)];
const sentencesOf = (id) => [...sentenceIndex().of(id)];
const idOf = (iri) => iriIndex().get(iri);

function documentOf(sentence) {
  return sentences[sentence].document;
}

// Document -> its place by year and number: 95号 before 123号.
const documentRank = lazily(() => {
  const collator = new Intl.Collator("zh", { numeric: true });
  const known = new Map(data.documents.map((id) => [id, letterByThing.get(id)]));
  const order = [...data.documents].sort((one, other) => (known.get(one).year ?? 9999) - (known.get(other).year ?? 9999) || collator.compare(things[one].name, things[other].name) || one - other);
  return new Map(order.map((id, i) => [id, i]));
});

// The order of documents, and of sentences by theirs.
const byNumber = (one, other) => documentRank().get(one) - documentRank().get(other);
const bySentence = (one, other) => byNumber(documentOf(one), documentOf(other)) || one - other;

// How often each name occurs.
const nameCounts = lazily(() => {
  const counts = new Map();
  for (const { name } of things) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
});

// What tells a thing from others of its name, "" where there are none: of a document its file, of others the place or body
// they belong to, which their IRI ends with, or the document that they are of or stand in first.
function tellingApart(thing) {
  if (nameCounts().get(thing.name) < 2) return "";
  if (isDocument(thing.id)) return letterByThing.get(thing.id).file;
  const tail = thing.iri.includes("_") ? thing.iri.slice(thing.iri.indexOf("_") + 1) : "";
  const home = documentKeys().get(tail) ?? (tail ? undefined : documentsNaming(thing)[0]);
  if (home === undefined) return tail.split("_")[0];
  return tellingApart(things[home]) || things[home].name;
}

// The last part of a document's IRI -> the document.
const documentKeys = lazily(() => new Map(data.documents.map((id) => [things[id].iri.slice(things[id].iri.indexOf("/") + 1), id])));

// The documents, other than itself, that name a thing.
function documentsNaming(thing) {
  return [...new Set(thing.mentions.map(documentOf))].filter((id) => id !== thing.id);
}

// The things next to one: by facts, then those that a document names, or the documents that name it.
function neighbours(thing) {
  const byFacts = [...thing.near].sort(byWeight);
  const byNames = [...new Set([...namesInDocument(thing.id), ...documentsNaming(thing)])].filter((id) => !thing.near.has(id));
  return [...byFacts, ...byNames.sort(byWeight)];
}

// The more telling of two things (numbers) first.
function byWeight(one, other) {
  return things[one].rank - things[other].rank;
}

function kindOf(thing) {
  return data.kinds[thing.kind];
}
