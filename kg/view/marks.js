// Finding things' names in a sentence as it is printed: without regard to quotation marks, white space and width of letters.
const IGNORED = /[\s“”"'‘’「」『』]/u;
const BRACKETS = { "[": "〔", "]": "〕" };

// The comparable letters of a text, and for each its place in the text.
function fold(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    if (!IGNORED.test(letter)) {
      for (const plain of letter.normalize("NFKC").toLowerCase()) {
        folded += BRACKETS[plain] ?? plain;
        for (let i = 0; i < plain.length; i++) places.push([at, at + letter.length]);
      }
    }
    at += letter.length;
  }
  return { folded, places };
}

// The ranges [start, stop, owner] of a text that one of the names [name, owner] covers, the longest names first, none
// over another.
function covered(text, names) {
  const { folded, places } = fold(text);
  const taken = new Array(folded.length).fill(false);
  const wanted = new Map();
  for (const [name, owner] of names) {
    const key = fold(name).folded;
    if (key.length > 1 && !wanted.has(key)) wanted.set(key, owner);
  }
  const found = [];
  for (const [name, owner] of [...wanted].sort((one, other) => other[0].length - one[0].length)) {
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
      if (taken.slice(at, at + name.length).includes(true) || cutsNumber(folded, at, name)) continue;
      taken.fill(true, at, at + name.length);
      found.push([...withQuotes(text, places[at][0], places[at + name.length - 1][1]), owner]);
    }
  }
  return found.sort((one, other) => one[0] - other[0]);
}

// A range with the quotation mark beside it whose other half is inside: “沃野千里”行动.
function withQuotes(text, start, stop) {
  const inside = text.slice(start, stop);
  for (const [opening, closing] of ["“”", "‘’", "「」", "『』"]) {
    const missing = inside.split(closing).length - inside.split(opening).length;
    if (missing > 0 && text[start - 1] === opening) return [start - 1, stop];
    if (missing < 0 && text[stop] === closing) return [start, stop + 1];
  }
  return [start, stop];
}

// Is a name that begins with a digit the tail of a longer number, as 40个 in 140个?
function cutsNumber(text, at, name) {
  return /[0-9]/.test(name[0]) && at > 0 && /[0-9.]/.test(text[at - 1]);
}

// A text with what `make` puts around each covered range.
function dressed(text, names, make) {
  const parts = [];
  let at = 0;
  for (const [start, stop, owner] of covered(text, names)) {
    parts.push(text.slice(at, start), make(text.slice(start, stop), owner));
    at = stop;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}

// A sentence's text with some words marked.
function marked(text, marks) {
  return dressed(text, marks.map((name) => [name, null]), (part) => element("mark", {}, part));
}

// A sentence's text with each of some things linked where it is named; behind it those that it means in other words.
function linked(text, ids) {
  const left = new Set(ids);
  const names = ids.flatMap((id) => namesOf(things[id]).map((name) => [name, id]));
  const parts = dressed(text, names, (part, id) => { left.delete(id); return namedLink(part, id); });
  if (!left.size) return parts;
  const others = [...left].flatMap((id, i) => [i ? words("and") : null, namedLink(things[id].name, id)]);
  return [...parts, element("span", { class: "also" }, words("also"), others)];
}

function namedLink(text, id) {
  return linkAs(id, { class: "named", "data-id": id, title: `${label(kindOf(things[id]))}${words("of")}${things[id].name}` }, text);
}

// A link to a thing, which flows with the text around it, as a button cannot; its address opens the page at the thing.
function linkAs(id, attributes, content) {
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own
    event.preventDefault();
    goTo(id);
  };
  return element("a", { ...attributes, href: `#on=${encoded(things[id].iri)}`, onclick: follow }, content);
}

function namesOf(thing) {
  return [thing.name, ...thing.names];
}
