// The legend counts and filters kinds; the chips below it tell what is chosen, and take it back.
const CHIPS_OF_A_FACET = 6;

const kindTotals = lazily(() => {
  const counts = data.kinds.map(() => 0);
  for (const thing of things) counts[thing.kind] += 1;
  return counts;
});

const kindOrder = lazily(() => data.kinds.map((_, i) => i).sort((one, other) => kindTotals()[other] - kindTotals()[one] || one - other));

function paintLegend() {
  const counts = filtered() ? survey().counts.kind : kindTotals();
  repaintPart(document.getElementById("legend"), kindOrder().map((i) => legendButton(i, counts[i])));
}

function legendButton(i, count) {
  const kind = data.kinds[i];
  return element("button", { class: "chip", "data-kind": kind.name, "data-key": kind.name, "aria-pressed": String(lets("kind", i)), onclick: () => toggleKind(i) },
    icon(kind), label(kind), element("span", { class: "count" }, count.toLocaleString("en-US")));
}

// Hides a kind or shows it again; hiding the last one shows all.
function toggleKind(i) {
  refilter(() => {
    if (!chosen.kind.size) data.kinds.forEach((_, other) => chosen.kind.add(other));
    if (!chosen.kind.delete(i)) chosen.kind.add(i);
  });
}

// Puts new children into an element; the focus stays on the one with the same data-key.
function repaintPart(part_, children) {
  const key = part_.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  part_.replaceChildren(...children.flat().filter((child) => child != null));
  if (key !== undefined) ([...part_.querySelectorAll("[data-key]")].find((child) => child.dataset.key === key) ?? part_.querySelector("button"))?.focus({ preventScroll: true });
}

function paintChips() {
  const chips = [...baseChips(), ...FACETS.flatMap(facetChips)];
  const part_ = document.getElementById("chips");
  part_.hidden = chips.length === 0;
  repaintPart(part_, [...chips, ...matchLine()]);
}

function chipFor(text, key, remove) {
  return element("button", { class: "chip remove", "data-key": key, "aria-label": words("removeChip", { text }), title: key === "base" ? words("toFirst") : null, onclick: remove }, element("span", {}, text), element("span", { class: "cross", "aria-hidden": "true" }, "×"));
}

// What the picture is made from, where it is not what the page opened with.
function baseChips() {
  const { base, moves } = state;
  const changed = !isFirst(base);
  if (!changed && !moves.length) return [];
  const name = (id) => things[id].name;
  const text = {
    overview: () => words("base_overview"), matches: () => words("base_matches"),
    focus: () => words("base_focus", { name: name(base.id) }), path: () => words("base_path", { from: name(base.from), to: name(base.to) }),
  }[base.name]();
  const changes = moves.length ? words("base_changed", { count: moves.length }) : "";
  const chip = chipFor(changed ? text + (changes && `（${changes}）`) : changes, "base", showFirst);
  return base.name === "focus" ? [chip, stepsSwitch(base)] : [chip];
}

function stepsSwitch({ id, steps }) {
  return element("span", { class: "steps", role: "group", "aria-label": words("stepsOf") }, [1, 2, 3].map((wanted) =>
    element("button", { "data-key": `steps${wanted}`, "aria-pressed": String(wanted === steps), onclick: () => focusOn(id, wanted) }, words("steps", { count: wanted }))));
}

function facetChips(facet) {
  const without_ = excluded(facet);
  const values = without_ ?? [...chosen[facet]].sort((one, other) => one - other);
  const title = words(without_ ? "facetWithout" : "facetWith", { facet: words(`facet_${facet}`) });
  if (values.length > CHIPS_OF_A_FACET) return [chipFor(title + words("values", { count: values.length }), facet, () => refilter(() => chosen[facet].clear()))];
  return values.map((value) => chipFor(title + facets[facet][value].name(), `${facet}:${facets[facet][value].key}`, () => refilter(() => {
    without_ ? chosen[facet].add(value) : chosen[facet].delete(value);
  })));
}

// How many more things match than are in the picture.
function matchLine() {
  if (!filtered()) return [];
  const [shown, total] = [nodeSet.length, survey().total];
  const more = Math.min(total, MATCHES_AT_MOST);
  const button = total > shown && (state.base.name !== "matches" || state.moves.length)
    ? element("button", { class: "matches", "data-key": "matches", onclick: showMatches }, words(more < total ? "showMost" : "showMatches", { count: more })) : null;
  return [element("span", { class: "quiet", role: "status" }, words(total > shown ? "matchesMore" : total ? "matchesAll" : "matchesNone", { shown, more: total - shown, total })), button,
    element("button", { class: "reset", "data-key": "reset", onclick: resetFilters }, words("resetFilters"))];
}
