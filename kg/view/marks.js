// Finding a thing's names in a sentence as it is printed: without regard to quotation marks, white space and width of letters.
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

// The ranges of a text that one of the names covers, the longest names first, none over another.
function ranges(text, names) {
  const { folded, places } = fold(text);
  const taken = new Array(folded.length).fill(false);
  const wanted = [...new Set(names.map((name) => fold(name).folded))].filter((name) => name.length > 1);
  const found = [];
  for (const name of wanted.sort((one, other) => other.length - one.length)) {
    for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + name.length)) {
      if (taken.slice(at, at + name.length).includes(true)) continue;
      taken.fill(true, at, at + name.length);
      found.push([places[at][0], places[at + name.length - 1][1]]);
    }
  }
  return found.sort((one, other) => one[0] - other[0]);
}

// A sentence's text with the names of some things marked.
function marked(text, marks) {
  const parts = [];
  let at = 0;
  for (const [start, stop] of ranges(text, marks)) {
    parts.push(text.slice(at, start), element("mark", {}, text.slice(start, stop)));
    at = stop;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}

function namesOf(thing) {
  return [thing.name, ...thing.names];
}
