// The box of filters: for each facet its values, each with the number of things that it would show.
const FACET_ORDER = ["kind", "year", "section", "status", "relation", "letter"];
const LONG = ["relation", "letter"];
const VALUES_AT_ONCE = 14;
const facetLimit = {}; // facet -> how many values are listed
let letterWanted = ""; // what letters are looked for in the box

function startFacets() {
  document.getElementById("filter").addEventListener("click", toggleFacets);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && facetsOpen() && event.target.closest("#filters, #filter")) toggleFacets();
  });
}

function facetsOpen() {
  return !document.getElementById("filters").hidden;
}

function toggleFacets() {
  const [box_, button] = [document.getElementById("filters"), document.getElementById("filter")];
  box_.hidden = !box_.hidden;
  button.setAttribute("aria-expanded", String(!box_.hidden));
  paintFacets();
  if (box_.hidden) button.focus();
  else box_.querySelector("input")?.focus();
}

function paintFacets() {
  document.getElementById("filter").classList.toggle("on", filtered());
  if (!facetsOpen()) return;
  const { counts, total } = survey();
  const outer = document.getElementById("filters");
  const scrolled = outer.firstElementChild?.scrollTop ?? 0;
  const head = element("div", { class: "facetHead" },
    element("span", { role: "status" }, words("matching", { total, all: things.length })),
    filtered() ? element("button", { "data-key": "resetAll", onclick: resetFilters }, words("resetFilters")) : null,
    element("button", { class: "close", "data-key": "close", "aria-label": words("close"), onclick: toggleFacets }, "×"));
  repaintPart(outer, [element("div", { class: "facets" }, head, FACET_ORDER.filter((facet) => facets[facet].length).map((facet) => facetPart(facet, counts[facet])))]);
  outer.firstElementChild.scrollTop = scrolled;
}

function facetPart(facet, counts) {
  return element("fieldset", { class: `facet ${facet}` }, element("legend", {}, words(`facet_${facet}`)),
    facet === "letter" && facets.letter.length > VALUES_AT_ONCE ? letterBox() : null, valueList(facet, counts));
}

function valueList(facet, counts) {
  const all = orderedValues(facet, counts);
  const limit = facetLimit[facet] ?? VALUES_AT_ONCE;
  const grow = () => { facetLimit[facet] = limit + 5 * VALUES_AT_ONCE; paintFacets(); };
  return element("div", { class: "list" }, element("div", { class: "values" }, all.slice(0, limit).map((value) => valueBox(facet, value, counts[value]))),
    all.length > limit ? element("button", { class: "moreValues", "data-key": `more ${facet}`, onclick: grow }, words("moreValues", { count: all.length - limit })) : null);
}

// The values: of relations and letters those that would show something, or are chosen, the greatest first; else all.
function orderedValues(facet, counts) {
  const wanted = facet === "letter" ? fold(letterWanted).folded : "";
  const fits = ({ name, note, key }) => !wanted || fold(`${name()}${note ?? ""}${key}`).folded.includes(wanted);
  const found = facets[facet].map((_, value) => value).filter((value) => (counts[value] || chosen[facet].has(value) || !LONG.includes(facet)) && fits(facets[facet][value]));
  if (facet === "kind") return kindOrder();
  if (!LONG.includes(facet)) return found;
  const first = (value) => Number(chosen[facet].has(value) && facets[facet].length > VALUES_AT_ONCE);
  return found.sort((one, other) => first(other) - first(one) || counts[other] - counts[one] || (facet === "letter" ? byNumber(letterRows[one].thing, letterRows[other].thing) : one - other));
}

function valueBox(facet, value, count) {
  const { name, key, kind, note } = facets[facet][value];
  const box_ = element("input", { type: "checkbox", "data-key": `${facet}:${key}`, checked: chosen[facet].has(value), onchange: () => toggle(facet, value) });
  return element("label", { class: count ? "value" : "value none", title: note }, box_, kind ? icon(kind) : null, element("span", { class: "name" }, name()),
    element("span", { class: "count" }, count.toLocaleString("en-US")));
}

// Typing makes the list new, but not the field: an input method may be at work in it.
function letterBox() {
  const input = element("input", { type: "search", "data-key": "letterWanted", "aria-label": words("findLetter"), placeholder: words("findLetter"),
    oninput: () => { letterWanted = input.value; input.parentElement.querySelector(".list").replaceWith(valueList("letter", survey().counts.letter)); } });
  input.value = letterWanted;
  return input;
}
