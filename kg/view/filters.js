// The filters: which sentences, facts and things pass, and how many things each further choice would show.
//
// Within a facet: or; between facets: and.  All is reckoned in one pass over the things when something changed, with
// values as small numbers, so that it stays quick for fifty thousand things.
const SECTIONS = ["form", "report", "plan"];
const STATUSES = ["done", "ongoing", "planned"];
const [LETTER, YEAR, SECTION, EVERY] = [1, 2, 4, 7]; // bits: which of a sentence's facets let it pass
const [NAMED, SAID, STANDS] = [1, 2, 4]; // bits: by what a thing has a value

const years = [...new Set(letterRows.map(({ year }) => year))].sort((one, other) => (one === null) - (other === null) || one - other);
const letterNumber = new Map(letterRows.map(({ thing }, i) => [thing, i]));
const letterYear = Int32Array.from(letterRows, ({ year }) => years.indexOf(year));
const sentenceLetter = Int32Array.from(sentences, ({ document: id }) => letterNumber.get(id) ?? -1);
const sentenceSection = Int8Array.from(sentences, ({ section }) => SECTIONS.indexOf(section));

// For each facet the values that there are, and the numbers of the chosen ones: none chosen lets all pass.
const facets = {
  kind: data.kinds.map((kind) => ({ key: kind.name, name: () => label(kind), kind })),
  relation: data.relations.map((relation) => ({ key: relation.name, name: () => plainLabel(relation) })),
  letter: letterRows.map(({ thing, title, date }) => ({ key: things[thing].iri, name: () => things[thing].name, note: title, date })),
  year: years.map((year) => ({ key: String(year ?? "none"), name: () => (year === null ? words("noYear") : String(year)) })),
  section: SECTIONS.map((key) => ({ key, name: () => words(`section_${key}`) })),
  status: STATUSES.map((key) => ({ key, name: () => words(`status_${key}`) })),
};
const FACETS = Object.keys(facets);
const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
let survey_ = null; // the last reckoning, until a filter changes

function filtered() {
  return FACETS.some((facet) => chosen[facet].size > 0);
}

function passesSentence(id) {
  return !filtered() || survey().bits[id] === EVERY;
}

function passesFact(fact) {
  if (!filtered()) return true;
  return lets("relation", fact.relation) && (!sentencesFiltered() || fact.sentences.some(passesSentence));
}

function passesThing(id) {
  return !filtered() || survey().passes[id] === 1;
}

// Does a line of the drawing pass: one of its facts; for a faint line, a sentence that names the one in the other?
function passesLine({ id, from, to }) {
  if (!filtered()) return true;
  const said = pairs.get(id);
  if (said) return said.some(passesFact);
  return !sentencesFiltered() || [[from, to], [to, from]].some(([one, other]) => things[one].mentions.some((sentence) => documentOf(sentence) === other && passesSentence(sentence)));
}

function sentencesFiltered() {
  return chosen.letter.size + chosen.year.size + chosen.section.size > 0;
}

function lets(facet, value) {
  return chosen[facet].size === 0 || chosen[facet].has(value);
}

// Everything about the present choice: `bits` of each sentence, `passes` of each thing, how many pass (`total`), and
// `counts`: facet -> value -> things that would show if it were the facet's only chosen value.
function survey() {
  if (survey_ === null) survey_ = reckon();
  return survey_;
}

function changedFilters() {
  survey_ = null;
}

// What filters look at, in flat arrays: the sentences that name each thing, and the sentences of its facts and standings
// with the relation or status that they say.
const flat = lazily(() => {
  const eachSaid = (put, value) => facts.forEach((fact) => fact.sentences.forEach((sentence) => {
    put(fact.subject, value(fact, sentence));
    if (joins(fact)) put(fact.object, value(fact, sentence));
  }));
  const eachStanding = (put, value) => standings.forEach((standing) => standing.sentences.forEach((sentence) => put(standing.thing, value(standing, sentence))));
  const withValues = (each, value) => {
    const table = flatTable(things.length, (put) => each(put, (_, sentence) => sentence));
    return { ...table, values: flatTable(things.length, (put) => each(put, value)).numbers };
  };
  return {
    kinds: Int32Array.from(things, ({ kind }) => kind),
    letters: Int32Array.from(things, ({ id }) => letterNumber.get(id) ?? -1),
    named: flatTable(things.length, (put) => things.forEach((thing) => { if (!isDocument(thing.id)) thing.mentions.forEach((sentence) => put(thing.id, sentence)); })),
    said: withValues(eachSaid, ({ relation }) => relation),
    stands: withValues(eachStanding, ({ status }) => STATUSES.indexOf(status)),
  };
});

function reckon() {
  const bits = sentenceBits();
  const { kinds, letters: documents, named, said, stands } = flat();
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(facets[facet].length)]));
  const seen = Object.fromEntries(FACETS.map((facet) => [facet, valuesSeen(facets[facet].length)]));
  const note = noting(bits, seen);
  const [kindLets, relationLets, statusLets] = ["kind", "relation", "status"].map(allowed);
  const needed = NAMED | (chosen.relation.size ? SAID : 0) | (chosen.status.size ? STANDS : 0);
  const passes = new Uint8Array(things.length);
  let total = 0;
  for (let id = 0; id < passes.length; id++) {
    const some_ = kindLets[kinds[id]];
    let ways = documents[id] >= 0 ? noteDocument(documents[id], seen) : named.start[id] === named.start[id + 1] && !sentencesFiltered() ? NAMED : 0;
    for (let i = named.start[id]; i < named.start[id + 1]; i++) ways |= note(named.numbers[i], NAMED);
    for (let i = said.start[id]; i < said.start[id + 1]; i++) {
      if (bits[said.numbers[i]] === EVERY) seen.relation.add(said.values[i], SAID);
      if (relationLets[said.values[i]]) ways |= note(said.numbers[i], SAID);
    }
    for (let i = stands.start[id]; i < stands.start[id + 1]; i++) {
      if (bits[stands.numbers[i]] === EVERY) seen.status.add(stands.values[i], STANDS);
      if (statusLets[stands.values[i]]) ways |= note(stands.numbers[i], STANDS);
    }
    const others = (ways & needed) === needed;
    if (others) counts.kind[kinds[id]] += 1;
    if (some_ && others) { passes[id] = 1; total += 1; }
    for (const facet of ["letter", "year", "section"]) seen[facet].end(some_, counts[facet], needed);
    seen.relation.end(some_ && (ways & needed & ~SAID) === (needed & ~SAID), counts.relation, SAID);
    seen.status.end(some_ && (ways & needed & ~STANDS) === (needed & ~STANDS), counts.status, STANDS);
  }
  return { bits, passes, counts, total };
}

// Which values of a facet one thing has, and by what.
function valuesSeen(size) {
  const how = new Uint8Array(size);
  const list = new Int32Array(size);
  let length = 0;
  return {
    add(value, way) {
      if (how[value] === 0) list[length++] = value;
      how[value] |= way;
    },
    // Counts the values that the thing has by all that is needed, if it counts at all; makes ready for the next thing.
    end(counted, counts, needed) {
      for (let i = 0; i < length; i++) {
        if (counted && (how[list[i]] & needed) === needed) counts[list[i]] += 1;
        how[list[i]] = 0;
      }
      length = 0;
    },
  };
}

function allowed(facet) {
  return facets[facet].map((_, value) => lets(facet, value));
}

function sentenceBits() {
  const [byLetter, byYear, bySection] = ["letter", "year", "section"].map(allowed);
  const unknown = chosen.section.size ? 0 : SECTION;
  return sentenceLetter.reduce((bits, letter, id) => {
    const section = sentenceSection[id];
    bits[id] = (byLetter[letter] ? LETTER : 0) | (byYear[letterYear[letter]] ? YEAR : 0) | (section < 0 ? unknown : bySection[section] ? SECTION : 0);
    return bits;
  }, new Uint8Array(sentences.length));
}

// Notes a sentence's letter, year and section, each where the other two let the sentence pass; gives back the way if it passes.
function noting(bits, { letter, year, section }) {
  return (sentence, way) => {
    const bit = bits[sentence];
    if ((bit | LETTER) === EVERY) letter.add(sentenceLetter[sentence], way);
    if ((bit | YEAR) === EVERY) year.add(letterYear[sentenceLetter[sentence]], way);
    if ((bit | SECTION) === EVERY && sentenceSection[sentence] >= 0) section.add(sentenceSection[sentence], way);
    return bit === EVERY ? way : 0;
  };
}

// A document passes by itself and its year; it has sentences in all sections.
function noteDocument(letter, seen) {
  const bit = (lets("letter", letter) ? LETTER : 0) | (lets("year", letterYear[letter]) ? YEAR : 0) | SECTION;
  if ((bit | LETTER) === EVERY) seen.letter.add(letter, NAMED);
  if ((bit | YEAR) === EVERY) seen.year.add(letterYear[letter], NAMED);
  if (bit === EVERY) SECTIONS.forEach((_, section) => seen.section.add(section, NAMED));
  return bit === EVERY ? NAMED : 0;
}

// The facets that hide a thing: each that would show it if it alone were empty; else all that are chosen.
function hiding(id) {
  const set = FACETS.filter((facet) => chosen[facet].size > 0);
  const single = set.filter((facet) => without(facet, () => passesThing(id)));
  return single.length ? single.slice(0, 1) : set;
}

function without(facet, answer) {
  const kept = chosen[facet];
  chosen[facet] = new Set();
  changedFilters();
  const found = answer();
  chosen[facet] = kept;
  changedFilters();
  return found;
}
