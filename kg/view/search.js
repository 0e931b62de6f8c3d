// The search box: any part of a name or alias, or pinyin initials; arrows, Enter, Esc; "/" from anywhere.
//
// All names stand folded in one long text, a line each, so that a query is one walk through it.
const MOST_HITS = 40;
const ALIAS = 3; // how much worse a hit is in another name than the preferred one
const INITIALS = 6; // and by initials
const NO_HIT = 255;
const box = document.getElementById("search");
const hitList = document.getElementById("hits");
const names = { lines: [], owners: [], aliases: [], text: "", starts: null, at: 0 };
let active = -1;

const PLAIN = /^[\u4e00-\u9fff0-9a-z]*$/;

// As fold() of marks.js, without places; quick for what is already plain.
function foldedName(name) {
  return PLAIN.test(name) ? name : fold(name).folded;
}

// Folds the names of the next things; all of them make the text.
function prepareSome(count) {
  const stop = Math.min(things.length, names.at + count);
  for (; names.at < stop; names.at++) {
    namesOf(things[names.at]).forEach((name, i) => { names.lines.push(foldedName(name)); names.owners.push(names.at); names.aliases.push(i); });
  }
  if (names.at < things.length || names.starts) return;
  names.starts = new Int32Array(names.lines.length + 1);
  names.lines.forEach((line, i) => { names.starts[i + 1] = names.starts[i] + line.length + 1; });
  names.text = names.lines.join("\n");
}

// Makes names ready a few at a time, so that the page answers meanwhile.
function prepareSoon() {
  if (names.starts) return;
  prepareSome(2000);
  setTimeout(prepareSoon, 5);
}

// The things that a query finds, the best first: {id, line, at, length}, at most MOST_HITS, and how many there are.
function foundThings(query) {
  const wanted = fold(query).folded;
  if (!wanted) return { hits: [], count: 0 };
  prepareSome(things.length);
  const best = new Uint8Array(things.length).fill(NO_HIT);
  const where = new Int32Array(things.length);
  const note = (line, at, worse) => {
    const score = (at > names.starts[line] ? 2 : names.lines[line].length > wanted.length ? 1 : 0) + (names.aliases[line] ? ALIAS : 0) + worse;
    const id = names.owners[line];
    if (score < best[id]) { best[id] = score; where[id] = at; }
  };
  eachLine((found) => { for (let at = names.text.indexOf(wanted); at >= 0; at = names.text.indexOf(wanted, at + 1)) found(at); }, (line, at) => note(line, at, 0));
  if (hasLatin(wanted)) eachLine((found) => eachByInitials(names.text, wanted, found), (line, at) => note(line, at, INITIALS));
  const found = ranked(best, where, wanted.length);
  return found.count ? found : foundByWords(query);
}

// Of a query of several words: the things with a name that holds all of them; the first is the one marked.
function foundByWords(query) {
  const parts = query.split(/\s+/u).map((word) => fold(word).folded).filter(Boolean);
  if (parts.length < 2) return { hits: [], count: 0 };
  const best = new Uint8Array(things.length).fill(NO_HIT);
  const where = new Int32Array(things.length);
  names.lines.forEach((line, i) => {
    const [id, score] = [names.owners[i], names.aliases[i] ? 2 + ALIAS : 2];
    if (score < best[id] && parts.every((part_) => line.includes(part_))) { best[id] = score; where[id] = names.starts[i] + line.indexOf(parts[0]); }
  });
  return ranked(best, where, parts[0].length);
}

// Tells for each place that `walk` finds, in rising order, in which line it is.
function eachLine(walk, found) {
  let line = 0;
  walk((at) => {
    if (at >= names.starts[line + 1]) line = lineAt(at, line);
    found(line, at);
  });
}

function lineAt(at, from) {
  let [low, high] = [from, names.lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (names.starts[middle] <= at) low = middle; else high = middle - 1;
  }
  return low;
}

function ranked(best, where, length) {
  const groups = Array.from({ length: 2 * INITIALS }, () => []);
  let count = 0;
  for (const id of rankedThings()) {
    if (best[id] === NO_HIT) continue;
    count += 1;
    if (groups[best[id]].length < MOST_HITS) groups[best[id]].push(id);
  }
  const hits = groups.flat().slice(0, MOST_HITS).map((id) => ({ id, line: lineAt(where[id], 0), at: where[id] - names.starts[lineAt(where[id], 0)], length }));
  return { hits, count };
}

function listHits() {
  const { hits, count } = foundThings(box.value);
  const items = hits.map(hitItem);
  const said = !box.value.trim() ? null : !hits.length ? words("noHits") : count > hits.length ? words("moreHits", { count: count - hits.length }) : null;
  if (said) items.push(element("li", { class: "quiet", role: "option", "aria-disabled": "true" }, said));
  hitList.replaceChildren(...items);
  openHits(items.length > 0);
  activate(hits.length ? 0 : -1);
}

function hitItem({ id, line, at, length }, i) {
  const thing = things[id];
  const alias = names.aliases[line];
  const shownName = dressedAt(namesOf(thing)[alias], at, length);
  return element("li", { role: "option", id: `hit-${i}`, "data-id": id, onclick: () => takeHit(id) },
    icon(kindOf(thing)), element("span", { class: "name" }, alias ? [thing.name, element("small", {}, shownName)] : shownName, apartMark(thing)),
    element("small", { class: "quiet" }, [label(kindOf(thing)), words("factCount", { count: factCount(id) }), passesThing(id) ? null : words("filteredOutHit")].filter(Boolean).join(" · ")));
}

// A name with what was found in it marked: `at` and `length` count its folded letters.
function dressedAt(name, at, length) {
  const { places } = fold(name);
  const [start, stop] = [places[at][0], places[at + length - 1][1]];
  return [name.slice(0, start), element("mark", {}, name.slice(start, stop)), name.slice(stop)];
}

function openHits(open_) {
  hitList.hidden = !open_;
  box.setAttribute("aria-expanded", String(open_));
}

function activate(i) {
  active = i;
  [...hitList.querySelectorAll("[data-id]")].forEach((item, j) => item.setAttribute("aria-selected", String(i === j)));
  if (i < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", `hit-${i}`);
  hitList.children[i].scrollIntoView({ block: "nearest" });
}

function takeHit(id) {
  openHits(false);
  goTo(id);
  if (passesThing(id)) goToDetails();
  else document.querySelector("#notice button")?.focus();
}

function searchKey(event) {
  const count = hitList.querySelectorAll("[data-id]").length;
  if (event.isComposing) return; // an input method is at work
  if (event.key === "Escape") { openHits(false); box.blur(); }
  else if (event.key === "Enter" && active >= 0 && !hitList.hidden) { event.preventDefault(); takeHit(Number(hitList.children[active].dataset.id)); }
  else if (event.key === "ArrowDown" && count) { activate((active + 1) % count); event.preventDefault(); }
  else if (event.key === "ArrowUp" && count) { activate((active - 1 + count) % count); event.preventDefault(); }
}

function startSearch() {
  setTimeout(prepareSoon, 100);
  box.addEventListener("input", listHits);
  box.addEventListener("focus", () => { if (box.value) listHits(); });
  box.addEventListener("keydown", searchKey);
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) openHits(false); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    box.focus();
    box.select();
    event.preventDefault();
  });
}
