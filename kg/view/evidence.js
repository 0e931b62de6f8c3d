// The sentences behind what the panel says.  Each has a number in the panel; facts, figures and standings point at it, and
// a click on the number shows it right there.
const AT_ONCE = 60;
const CITED_AT_ONCE = 6;
let onPaper = false; // is being printed: nothing is folded, for nothing can be pressed
let paperProofs = [];
let quotes = 0; // how many were opened, to give each an id

// Holds the numbers that sentences have in one panel: in the order of the letters and of their text.  `marks` are the
// words to mark in all of them.  On paper it knows as well which numbers point at no printed sentence yet.
function evidence(ids, marks) {
  const ordered = [...new Set(ids)].sort(bySentence);
  const number = new Map(ordered.map((id, i) => [id, i + 1]));
  const [cited, printed] = [new Set(), new Set()];

  // Buttons [1][2] for some sentences, with more words to mark in them.
  function cite(wanted, more = []) {
    const known = [...new Set(wanted)].filter((id) => number.has(id)).sort(bySentence);
    const button = (id) => citeButton(id, number.get(id), [...marks, ...more]);
    known.forEach((id) => cited.add(id));
    if (onPaper) return element("span", { class: "cites" }, known.map(button));
    const rest = known.slice(CITED_AT_ONCE);
    const restButton = element("button", { class: "cite rest", "aria-label": words("moreCites", { count: rest.length }),
      onclick: () => { const made = rest.map(button); restButton.replaceWith(...made); made[0].focus(); } }, `+${rest.length}`);
    return element("span", { class: "cites" }, known.slice(0, CITED_AT_ONCE).map(button), rest.length ? restButton : null);
  }

  // The list of some of the sentences, the first of them, with a button for more.
  function list(wanted = ordered) {
    const chosen = ordered.filter((id) => wanted === ordered || wanted.includes(id));
    chosen.forEach((id) => printed.add(id));
    const items = some(chosen, (id) => sentenceItem(sentences[id], number.get(id), marks), (more) => element("li", { class: "rest" }, more), "more");
    return element("ol", { class: "sentences" }, items);
  }

  // The number of a sentence that is printed where it stands in its letter, if something points at it.
  function numberInText(id) {
    printed.add(id);
    return cited.has(id) ? number.get(id) : undefined;
  }

  const proof = { cite, list, numberInText, count: ordered.length, unprinted: () => ordered.filter((id) => cited.has(id) && !printed.has(id)) };
  if (onPaper) paperProofs.push(proof);
  return proof;
}

// Elements for the first of many values, and a button, wrapped for its place, that puts the next ones before itself.
function some(values, make, wrap, key = "moreRows", from = 0) {
  const next = from + AT_ONCE;
  const made = values.slice(from, next).map(make);
  if (values.length <= next) return made;
  if (onPaper) return [...made, ...values.slice(next).map(make)];
  const grow = () => { const added = some(values, make, wrap, key, next); wrapped.replaceWith(...added); focusIn(added[0]); };
  const button = element("button", { class: "more", onclick: grow }, words(key, { count: values.length - next }));
  const wrapped = wrap(button);
  return [...made, wrapped];
}

function focusIn(made) {
  (made.matches("button, a, [tabindex]") ? made : made.querySelector("button, a, [tabindex]"))?.focus();
}

// A number that opens its sentence below the row it stands in, and closes it again.
function citeButton(id, number, marks) {
  const button = element("button", { class: "cite", "aria-label": words("sentence", { number }), "aria-expanded": "false", onclick: toggle }, String(number));
  let quote = null;
  function toggle() {
    if (quote) { quote.remove(); quote = null; }
    else { quote = opened(button, sentenceCard(sentences[id], number, marks)); }
    button.setAttribute("aria-expanded", String(quote !== null));
    if (quote) button.setAttribute("aria-controls", quote.id); else button.removeAttribute("aria-controls");
  }
  return button;
}

// Puts a sentence under the row of its number, behind those that are open there: as a row of its own in a table or list
// of facts.
function opened(button, card) {
  const id = `quote-${++quotes}`;
  const row = button.closest("tr, dd");
  if (!row) {
    const made = element("div", { class: "quote", id }, card);
    button.closest("li").append(made);
    return made;
  }
  const made = row.matches("tr") ? element("tr", { class: "quote", id, role: row.role }, element("td", { colspan: row.children.length, role: row.role && "cell" }, card)) : element("dd", { class: "quote", id }, card);
  let last = row;
  while (last.nextElementSibling?.classList.contains("quote")) last = last.nextElementSibling;
  last.after(made);
  return made;
}

function sentenceItem(sentence, number, marks) {
  return element("li", { class: "sentence", value: number }, sentenceCard(sentence, number, marks));
}

// A sentence with its letter, the part it stands in, and what it is read with; its paragraph on demand.
function sentenceCard(sentence, number, marks) {
  const others = sentence.read_with.map((id) => element("p", { class: "other" }, marked(sentences[id].text, marks)));
  const said = element("p", { class: "said" }, marked(sentence.text, marks));
  return element("div", { class: "card", "data-sentence": sentence.id },
    place(sentence, number), said, paragraphOf(sentence).length > 1 ? paragraphButton(sentence, said, marks) : null,
    others.length ? element("div", { class: "with" }, element("p", { class: "label" }, words("readWith")), others) : null);
}

function paragraphButton(sentence, said, marks) {
  const button = element("button", { class: "small", "aria-expanded": "false", onclick: toggle }, words("paragraph"));
  function toggle() {
    const open = button.getAttribute("aria-expanded") !== "true";
    said.replaceChildren(...(open ? paragraphText(new Set([sentence.id]), sentence, marks) : marked(sentence.text, marks)));
    button.textContent = words(open ? "alone" : "paragraph");
    button.setAttribute("aria-expanded", String(open));
  }
  return button;
}

// Where a sentence stands: its number in the panel, the letter's number, date and title, the part, the heading.
function place(sentence, number) {
  const letter = letterOf(sentence.document);
  return element("div", { class: "place" },
    element("p", {}, number ? element("span", { class: "at", "aria-hidden": "true" }, String(number)) : null, letterLink(things[sentence.document]),
      letter.date ? element("time", { datetime: letter.date }, day(letter.date)) : null,
      sentence.section ? element("span", { class: `section ${sentence.section}` }, sectionName(sentence)) : null),
    letter.title && letter.title !== things[sentence.document].name ? element("p", { class: "title" }, letter.title) : null,
    sentence.heading ? element("p", { class: "heading" }, sentence.heading) : null);
}

// The sentences of a paragraph that stand next to one, itself among them.
function paragraphOf(sentence) {
  const same = (other) => other !== undefined && other.document === sentence.document && other.paragraph === sentence.paragraph;
  let [from, to] = [sentence.id, sentence.id];
  while (same(sentences[from - 1])) from -= 1;
  while (same(sentences[to + 1])) to += 1;
  return sentences.slice(from, to + 1);
}

// A paragraph with some of its sentences strong and the others around them.
function paragraphText(ids, sentence, marks) {
  return paragraphOf(sentence).map((other) =>
    ids.has(other.id) ? element("span", { class: "here" }, marked(other.text, marks)) : element("span", { class: "around" }, other.text));
}

// All sentences that say something, each in its paragraph; those of one paragraph together.
function paragraphs(ids, marks) {
  const groups = new Map();
  for (const id of [...ids].sort(bySentence)) {
    const key = sentences[id].paragraph ?? `s${id}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(id);
  }
  return element("ol", { class: "sentences" }, some([...groups.values()], (group) => paragraphItem(group, marks), (more) => element("li", { class: "rest" }, more)));
}

function paragraphItem(ids, marks) {
  const sentence = sentences[ids[0]];
  const others = [...new Set(ids.flatMap((id) => sentences[id].read_with))].map((id) => element("p", { class: "other" }, marked(sentences[id].text, marks)));
  return element("li", { class: "sentence" }, element("div", { class: "card" },
    place(sentence, null), element("p", { class: "said" }, paragraphText(new Set(ids), sentence, marks)),
    others.length ? element("div", { class: "with" }, element("p", { class: "label" }, words("readWith")), others) : null));
}

function sectionName(sentence) {
  return WORDS[language][sentence.section] ?? sentence.section;
}

// What is known of a document that was read: number, title, date, year.
function letterOf(id) {
  return letterByThing.get(id) ?? { thing: id, title: "", number: "", date: "", year: null };
}

// A thing's name as a link that goes there.
function linkTo(thing) {
  return linkAs(thing.id, { class: "link" }, [icon(kindOf(thing)), thing.name, apartMark(thing)].filter(Boolean));
}

// What tells a thing from others of its name, in small letters.
function apartMark(thing) {
  return tellingApart(thing) ? element("small", { class: "apart" }, tellingApart(thing)) : null;
}
