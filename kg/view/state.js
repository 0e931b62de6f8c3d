// What the page shows, as a value that the address's fragment can hold, and all that changes it.
//
// The picture is its base and the moves made by hand since; beside it the chosen filters (filters.js), the chosen thing
// or line, and the page of the details when nothing is chosen.
const state = { base: firstBase(), moves: [], subject: null, page: "overview" };
let picking = null; // the one end of a path whose other end is to be chosen

function firstBase() {
  const { base, on, ...rest } = data.start;
  return { name: base, ...rest };
}

// What is chosen when the page opens: the thing that the page was made for.
function firstSubject() {
  return data.start.on === undefined ? null : { thing: data.start.on };
}

function isFirst(base) {
  return JSON.stringify(base) === JSON.stringify(firstBase());
}

// Every change goes through here: the state that is left is noted, the change made, drawn, and entered as the next
// state.  `look` moves the view when all is drawn.
function act(change, look = () => {}, together = "") {
  if (picking === null) silence(); // what was said of the state before
  leaveState();
  change();
  show(look);
  enterState(together);
}

function show(look) {
  syncDrawing();
  paintAll(); // first, for it may change the room that the drawing has
  look();
}

// Takes over another state whole, as from a fragment.
function restore({ base, moves, subject, page, filters }, { places, view } = {}) {
  stopPicking();
  silence();
  Object.assign(state, { base, moves, subject, page });
  for (const facet of FACETS) chosen[facet] = new Set(filters[facet]);
  changedFilters();
  const told = rebuild();
  for (const [id, place] of places ?? []) if (picture.places.has(id)) picture.places.set(id, place);
  show(view ? () => moveView(view) : fit);
  return told;
}

function rebuild() {
  const told = startPicture(state.base);
  state.moves.forEach(applyMove);
  return told;
}

function setBase(base) {
  Object.assign(state, { base, moves: [] });
  tell(startPicture(base));
}

function tell(told) {
  if (told) notify(words(told.key, told.values));
}

function addMove(move) {
  state.moves.push(move);
  applyMove(move);
}

// --- What is chosen

function selectedThing() {
  return state.subject?.thing ?? null;
}

function selectedLine() {
  return state.subject?.line ?? null;
}

function baseOfPicture() {
  return state.base;
}

function choose(wanted) {
  state.subject = wanted;
  if (wanted) state.page = "overview";
}

// Chooses a thing of the drawing; null for none.
function select(id) {
  if (id === null) act(() => choose(null));
  else if (picking !== null || !isShown(id)) goTo(id);
  else act(() => choose({ thing: id }));
}

function selectLine(key) {
  act(() => choose({ line: key }));
}

// Shows a line with both its ends, wherever they are.
function goToLine(key) {
  const ends = key.split("-").map(Number);
  act(() => {
    const missing = ends.filter((id) => !picture.places.has(id) && passesThing(id));
    if (missing.length) addMove({ name: "add", ids: missing });
    choose({ line: key });
  }, () => reveal(ends.filter(isShown)));
  tellHidden();
}

function openPage(page) {
  act(() => { choose(null); state.page = page; });
}

// Shows a thing wherever it is; where the filters hide it, says so and offers to show it.
function goTo(id) {
  if (!passesThing(id)) return offer(id, () => goTo(id));
  if (picking !== null) return pick(id);
  act(() => {
    if (!picture.places.has(id)) addMove({ name: "add", ids: [id] });
    choose({ thing: id });
  }, () => lookAt(id));
}

// Says that the filters hide a thing, and offers to take those away that do.
function offer(id, then) {
  const names = hiding(id).map((facet) => words(`facet_${facet}`)).join(words("listComma"));
  notify(words("isHidden", { name: things[id].name, facets: names }), { label: words("showIt"), action: () => {
    act(() => {
      while (!passesThing(id)) open(hiding(id)[0], id);
      if (state.base.name === "matches") rebuild();
    });
    then();
  } });
}

// Opens a facet for a thing: of kinds, its own is chosen too; others are emptied.
function open(facet, id) {
  if (facet === "kind" && !chosen.kind.has(things[id].kind)) chosen.kind.add(things[id].kind);
  else chosen[facet].clear();
  changedFilters();
}

// --- Walking

function expand(id) {
  if (!passesThing(id)) return offer(id, () => expand(id));
  const wanted = nextNeighbours(id, passesThing);
  const hidden = wanted.length ? 0 : filteredNeighbours(id);
  if (hidden) return notify(words("neighboursHidden", { count: hidden }), { label: words("showAllOfThem"), action: () => showFiltered(id) });
  act(() => {
    if (wanted.length) addMove({ name: "expand", id, ...(filtered() ? { ids: wanted } : {}) });
    choose({ thing: id });
  }, () => reveal([id, ...wanted]));
  if (!wanted.length) notify(words("noNeighbours", { name: things[id].name }));
}

// How many things expand could still add.
function hiddenNeighbours(id) {
  return neighbours(things[id]).filter((other) => !picture.places.has(other) && passesThing(other)).length;
}

// How many things next to one the filters hide.
function filteredNeighbours(id) {
  return filtered() ? neighbours(things[id]).filter((other) => !passesThing(other)).length : 0;
}

// Clears the filters and shows what is next to a thing.
function showFiltered(id) {
  resetFilters();
  expand(id);
}

function collapse(id) {
  const gone = hangingOn(id);
  if (!gone.length) return notify(words("nothingHangs", { name: things[id].name }));
  act(() => { addMove({ name: "collapse", id }); choose({ thing: id }); });
  notify(words("collapsed", { count: gone.length }));
}

function takeAway(id) {
  act(() => { addMove({ name: "away", id }); choose(null); });
}

function focusOn(id, steps = 1) {
  if (!passesThing(id)) return offer(id, () => focusOn(id, steps));
  act(() => { setBase({ name: "focus", id, steps }); choose({ thing: id }); }, fit);
  tellHidden();
}

// Shows the shortest paths between two things; says so when there is none, and gives back whether there is one.
function showPath(from, to) {
  stopPicking();
  if (from === to) {
    notify(words("samePath"));
    return false;
  }
  const { paths } = shortestPaths(from, to);
  if (!paths.length) {
    notify(words("noPath", { from: things[from].name, to: things[to].name }));
    return false;
  }
  act(() => { setBase({ name: "path", from, to }); choose({ thing: from }); }, fit);
  tellHidden();
  return true;
}

// Says what the filters hide of what the picture was asked for: what is chosen or in the middle, the ends of a line, the
// things of a path or around a thing.  Gives back whether there is such a thing.
function tellHidden() {
  const { base, subject } = state;
  const one = [subject?.thing, base.id].find((id) => id !== undefined && !passesThing(id));
  if (one !== undefined) offer(one, () => (isShown(one) ? lookAt(one) : goTo(one)));
  else if (hiddenOf(subject?.line?.split("-").map(Number) ?? [])) offerAll("lineHidden", hiddenOf(subject.line.split("-").map(Number)));
  else if (hiddenOf(wantedThings())) offerAll(base.name === "path" ? "pathHidden" : "aroundHidden", hiddenOf(wantedThings()));
  else return false;
  return true;
}

function hiddenOf(ids) {
  return ids.filter((id) => !passesThing(id)).length;
}

// What the picture is to show by name: all of a path or of surroundings, and what was added by hand.
function wantedThings() {
  const added = state.moves.flatMap(({ name, ids }) => (name === "add" ? ids : []));
  return ["focus", "path"].includes(state.base.name) ? [...picture.places.keys()] : added.filter((id) => picture.places.has(id));
}

function offerAll(key, count) {
  notify(words(key, { count }), { label: words("showAllOfThem"), action: resetFilters });
}

// Shows what passes the filters, the most telling first, in place of the present picture.
function showMatches() {
  act(() => setBase({ name: "matches" }), fit);
}

// Back to the picture that the page opened with.
function showFirst() {
  act(() => setBase(firstBase()), fit);
}

// The next thing that is chosen, by click or search, is the other end of a path.
function pickFrom(id) {
  picking = id;
  document.getElementById("graph").classList.add("picking");
  notify(words("picking", { name: things[id].name }), { label: words("cancel"), action: stopPicking });
}

function pick(id) {
  showPath(picking, id);
}

function stopPicking() {
  if (picking === null) return;
  picking = null;
  document.getElementById("graph").classList.remove("picking");
  silence();
}

// --- Filters

// Lets a change of the filters take place: of the picture of what passes them, a new one is made.  All kinds are as
// good as none chosen, for every thing has one.
function refilter(change) {
  act(() => {
    change();
    if (chosen.kind.size === facets.kind.length) chosen.kind.clear();
    changedFilters();
    if (state.base.name === "matches") rebuild();
  }, () => { if (state.base.name === "matches") fit(); else keepWhole(); });
}

function toggle(facet, value) {
  refilter(() => { if (!chosen[facet].delete(value)) chosen[facet].add(value); });
}

function resetFilters() {
  if (state.base.name === "matches") return act(() => { clearFilters(); setBase(firstBase()); }, fit);
  refilter(clearFilters);
}

function clearFilters() {
  for (const facet of FACETS) chosen[facet].clear();
  changedFilters();
}

// --- For the details and exports

// The facts of the chosen thing or line, else those of the drawing, that pass the filters.
function selectionFacts() {
  if (selectedThing() !== null) return things[selectedThing()].facts.filter(passesFact);
  if (selectedLine() !== null) return (pairs.get(selectedLine()) ?? []).filter(passesFact);
  return shownIds().flatMap((id) => things[id].facts.filter((fact) => fact.subject === id && (typeof fact.object !== "number" || isShown(fact.object)) && passesFact(fact)));
}

function drawnLines() {
  return lineSet.get().map(({ id, from, to, dashes }) => ({ id, from, to, said: !dashes }));
}
