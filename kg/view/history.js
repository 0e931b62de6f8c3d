// The state in the address's fragment, so that a link keeps it and the browser's back and forward walk through it:
// #focus=programme/…&steps=2&expand=agency/…&year=2023&on=agency/….  Things are named by their IRIs less the base.
let entry = { at: 0, newest: 0, fragment: "", together: "" };
let firstLength = history.length; // of the browser's history when the page made its first entry
const left = new Map(); // place in the history -> where things stood and what was in view, when it was left

// Percent-encodes what has a meaning in a fragment, and nothing else.
function encoded(text) {
  return text.replace(/[%&=,#"<>`\s\u0000-\u001f\u007f]/g, (letter) => encodeURIComponent(letter));
}

const iris = (ids) => ids.map((id) => encoded(things[id].iri)).join(",");

function writeFragment() {
  const parts = [];
  const { base, moves, subject, page } = state;
  if (isFirst(base) && !moves.length && !filtered() && isFirstSubject(subject)) return "";
  if (!isFirst(base)) parts.push(...writeBase(base));
  for (const { name, id, ids } of moves) parts.push(`${name}=${iris([...(id === undefined ? [] : [id]), ...(ids ?? [])])}`);
  for (const facet of FACETS) if (chosen[facet].size) parts.push(`${facet}=${writeValues(facet)}`);
  if (subject?.thing !== undefined) parts.push(`on=${iris([subject.thing])}`);
  if (subject?.line !== undefined) parts.push(`line=${iris(subject.line.split("-").map(Number))}`);
  if (page !== "overview") parts.push(`page=${page}`);
  if (!parts.length && firstSubject()) return "page=overview"; // nothing chosen, unlike when the page opened
  return parts.join("&");
}

function isFirstSubject(subject) {
  return subject?.thing !== undefined && subject.thing === firstSubject()?.thing;
}

function writeBase({ name, id, steps, from, to }) {
  if (name === "focus") return [`focus=${iris([id])}`, ...(steps === 1 ? [] : [`steps=${steps}`])];
  if (name === "path") return [`path=${iris([from, to])}`];
  return [name];
}

// The chosen values; where most are chosen, those that are not, behind a minus.
function writeValues(facet) {
  const keys = (values) => values.map((value) => encoded(facets[facet][value].key)).join(",");
  return excluded(facet) ? `-${keys(excluded(facet))}` : keys([...chosen[facet]].sort((one, other) => one - other));
}

// The values that are not chosen, where these are fewer than the chosen ones; else null.
function excluded(facet) {
  const rest = facets[facet].map((_, value) => value).filter((value) => !chosen[facet].has(value));
  return rest.length && rest.length < chosen[facet].size ? rest : null;
}

// The state that a fragment tells of, and the parts of it that say nothing here.
function readFragment(fragment) {
  const read = { base: firstBase(), moves: [], subject: fragment ? null : firstSubject(), page: "overview", filters: Object.fromEntries(FACETS.map((facet) => [facet, []])) };
  const unknown = [];
  for (const part of fragment.split("&").filter(Boolean)) {
    try {
      const [name, ...rest] = part.split("=");
      const values = rest.join("=");
      const wanted = readPart(name, values.startsWith("-") ? values.slice(1).split(",") : values.split(","), read, values.startsWith("-"));
      if (!wanted) unknown.push(decodeURIComponent(part));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      unknown.push(part);
    }
  }
  if (read.steps && read.base.name === "focus") read.base.steps = read.steps;
  return { read, unknown };
}

// Takes one part over into `read`; false where it is not understood.
function readPart(name, values, read, minus) {
  const decodedValues = values.map(decodeURIComponent);
  if (FACETS.includes(name)) return readValues(name, decodedValues, read, minus);
  const ids = decodedValues.map(idOf);
  const known = ids.every((id) => id !== undefined);
  const [id, other] = ids;
  const bare = values.length === 1 && values[0] === "";
  if (["overview", "matches"].includes(name) && bare) return Boolean(read.base = { name });
  if (name === "steps" && /^[123]$/.test(values[0])) return Boolean(read.steps = Number(values[0]));
  if (name === "page" && ["overview", "timeline"].includes(values[0])) return Boolean(read.page = values[0]);
  if (!known) return false;
  if (name === "focus") return Boolean(read.base = { name, id, steps: 1 });
  if (name === "path" && ids.length === 2) return shortestPaths(id, other).paths.length > 0 && id !== other && Boolean(read.base = { name, from: id, to: other });
  if (name === "add") return read.moves.push({ name, ids }) > 0;
  if (name === "expand") return read.moves.push({ name, id, ...(ids.length > 1 ? { ids: ids.slice(1) } : {}) }) > 0;
  if (["collapse", "away"].includes(name)) return read.moves.push({ name, id }) > 0;
  if (name === "on") return Boolean(read.subject = { thing: id });
  if (name === "line" && ids.length === 2) return Boolean(read.subject = { line: pairKey(id, other) });
  return false;
}

function readValues(facet, keys, read, minus) {
  const found = keys.map((key) => facets[facet].findIndex((value) => value.key === key)).filter((value) => value >= 0);
  const all = facets[facet].map((_, value) => value);
  if (found.length) read.filters[facet] = minus ? all.filter((value) => !found.includes(value)) : found;
  return found.length === keys.length;
}

// --- The browser's history

// Notes how the state looks that is about to be left.
function leaveState() {
  notePlaces();
  left.set(entry.at, { fragment: entry.fragment, places: new Map(picture.places), view: presentView() });
}

// Enters the present state.  Changes with the same word, like steps with the arrow keys, make one entry together.
function enterState(together = "") {
  const fragment = writeFragment();
  if (fragment === entry.fragment) return;
  const stays = together !== "" && together === entry.together;
  const at = entry.at + (stays ? 0 : 1);
  entry = { at, newest: at, fragment, together };
  writeEntry(stays ? "replaceState" : "pushState");
  paintHistory();
}

function writeEntry(how) {
  try {
    history[how]({ at: entry.at, fragment: entry.fragment, firstLength }, "", entry.fragment ? `#${entry.fragment}` : location.href.split("#")[0]);
  } catch (error) {
    // Browsers refuse too many entries at once, and pages without an address; the page works without the link.
    if (error.name !== "SecurityError" && error.name !== "DataCloneError") throw error;
  }
}

function startHistory() {
  const known = history.state; // of the page before it was loaded again
  firstLength = known?.firstLength ?? firstLength;
  entry = { ...entry, at: known?.at ?? 0, newest: known ? Math.max(known.at, history.length - firstLength) : 0 };
  restoreFragment();
  writeEntry("replaceState");
  addEventListener("popstate", ({ state: before }) => {
    leaveState();
    entry = { ...entry, at: before?.at ?? entry.at + 1, newest: before ? entry.newest : entry.at + 1 };
    restoreFragment(before);
    if (!before) writeEntry("replaceState");
    paintHistory();
  });
  document.getElementById("back").addEventListener("click", () => history.back());
  document.getElementById("forward").addEventListener("click", () => history.forward());
  document.addEventListener("keydown", historyKey);
  paintHistory();
}

// Restores what the address tells; for an entry that was left here, things stand again where they stood.
function restoreFragment(known = null) {
  const { read, unknown } = readFragment(location.hash.slice(1));
  const seen = known && left.get(entry.at)?.fragment === known.fragment ? left.get(entry.at) : {};
  const told = restore(read, seen);
  entry = { ...entry, fragment: writeFragment(), together: "" };
  if (unknown.length) notify(words("unknownParts", { parts: unknown.join(words("listComma")) }));
  else if (!tellHidden() && !known) tell(told);
}

// Alt with an arrow, as in a browser; in a field the arrows move in the text.
function historyKey(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, textarea")) return;
  if (event.key === "ArrowLeft" && entry.at > 0) { history.back(); event.preventDefault(); }
  if (event.key === "ArrowRight" && entry.at < entry.newest) { history.forward(); event.preventDefault(); }
}

function paintHistory() {
  document.getElementById("back").disabled = entry.at === 0;
  document.getElementById("forward").disabled = entry.at >= entry.newest;
}
