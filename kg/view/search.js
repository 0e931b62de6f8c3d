// The search box: any part of a name or alias; arrows, Enter, Esc; "/" from anywhere.
const MOST_HITS = 40;
const box = document.getElementById("search");
const hitList = document.getElementById("hits");
let keys = null; // each thing's names, folded
let active = -1;

function foundThings(query) {
  const wanted = fold(query).folded;
  if (!wanted) return [];
  prepare();
  const found = [];
  for (const thing of things) {
    const rank = Math.min(...keys[thing.id].map((key, i) => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 9) + (i ? 0.5 : 0)));
    if (rank < 9) found.push([rank, thing]);
  }
  return found.sort((one, other) => one[0] - other[0] || byWeight(one[1].id, other[1].id)).map(([, thing]) => thing);
}

// Folds all names, once: soon after the page stands, or when first wanted.
function prepare() {
  keys ??= things.map((thing) => namesOf(thing).map((name) => fold(name).folded));
}

function listHits() {
  const found = foundThings(box.value).slice(0, MOST_HITS);
  const items = found.map((thing, i) => hitItem(thing, i));
  if (!items.length && box.value.trim()) items.push(element("li", { class: "quiet", role: "option", "aria-disabled": "true" }, words("noHits")));
  hitList.replaceChildren(...items);
  openHits(items.length > 0);
  activate(found.length ? 0 : -1);
}

function hitItem(thing, i) {
  const wanted = fold(box.value).folded;
  const alias = fold(thing.name).folded.includes(wanted) ? null : thing.names.find((name) => fold(name).folded.includes(wanted));
  return element("li", { role: "option", id: `hit-${i}`, "data-id": thing.id, onclick: () => choose(thing.id) },
    icon(kindOf(thing)), element("span", { class: "name" }, marked(thing.name, [box.value]), alias ? element("small", {}, marked(alias, [box.value])) : null),
    element("small", { class: "quiet" }, `${label(kindOf(thing))} · ${words("factCount", { count: thing.facts.length })}`));
}

function openHits(open) {
  hitList.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
}

function activate(i) {
  active = i;
  [...hitList.children].forEach((item, j) => item.setAttribute("aria-selected", String(i === j)));
  if (i < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", `hit-${i}`);
  hitList.children[i].scrollIntoView({ block: "nearest" });
}

function choose(id) {
  openHits(false);
  goTo(id);
  panel.focus({ preventScroll: true });
}

function searchKey(event) {
  const count = hitList.querySelectorAll("[data-id]").length;
  if (event.isComposing) return; // an input method is at work
  if (event.key === "Escape") { openHits(false); box.blur(); }
  else if (event.key === "Enter" && active >= 0 && !hitList.hidden) choose(Number(hitList.children[active].dataset.id));
  else if (event.key === "ArrowDown" && count) { activate((active + 1) % count); event.preventDefault(); }
  else if (event.key === "ArrowUp" && count) { activate((active - 1 + count) % count); event.preventDefault(); }
}

function startSearch() {
  setTimeout(prepare, 300);
  box.addEventListener("input", listHits);
  box.addEventListener("focus", () => { if (box.value) listHits(); });
  box.addEventListener("keydown", searchKey);
  document.addEventListener("click", (event) => { if (!event.target.closest(".find")) openHits(false); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) { box.focus(); box.select(); event.preventDefault(); }
  });
}
