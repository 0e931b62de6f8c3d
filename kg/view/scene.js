// The picture: which things are in it, where they stand, and the lines between them.  It is made from a base (the
// overview, the surroundings of a thing, paths, what passes the filters) and what was done to it by hand since.
const EXPAND_AT_ONCE = 30;
const FOCUS_AT_MOST = 80;
const MATCHES_AT_MOST = 150;
const picture = { places: new Map(), lines: new Map() };

// Makes the picture of a base.  Gives back what is to be said of it: {key, values} of words, or null.
function startPicture(base) {
  picture.lines.clear();
  return { overview: startOverview, focus: startFocus, path: startPath, matches: startMatches }[base.name](base);
}

function startOverview() {
  picture.places = new Map(data.first.nodes.map(({ id, x, y }) => [id, { x, y }]));
  for (const { id, from, to, arrows, dashes } of data.first.edges) picture.lines.set(id, { id, from, to, arrows, dashes });
  return null;
}

function startFocus({ id, steps }) {
  const limit = isFirst(state.base) ? data.first.nodes.length : FOCUS_AT_MOST; // `kg view --limit` tells how many the page opens with
  const { rings, named, shown, total } = surroundings(id, steps, limit);
  picture.places = inRings(rings, (other) => [...beside(other, named)]);
  joinAll(picture.places.keys());
  if (named) joinRings(rings);
  return shown < total ? { key: "cut", values: { shown, total } } : null;
}

// Without facts: each thing hangs on one that is a step nearer.
function joinRings(rings) {
  rings.slice(1).forEach((ring, i) => {
    for (const id of ring) join(id, neighbours(things[id]).find((other) => rings[i].includes(other)));
  });
}

function startPath({ from, to }) {
  const { paths, more, named } = shortestPaths(from, to);
  picture.places = inColumns(columnsOf(paths));
  for (const path of paths) path.slice(1).forEach((id, i) => join(path[i], id));
  const values = { count: paths.length, steps: paths[0].length - 1 };
  return { key: more ? "pathsMore" : named ? "pathsNamed" : "paths", values };
}

function startMatches() {
  const ids = telling(passesThing, MATCHES_AT_MOST);
  picture.places = new Map(ids.map((id) => [id, { x: 0, y: 0 }]));
  joinAll(ids);
  joinNames(ids);
  picture.places = inSprings(ids, [...picture.lines.values()]);
  return null;
}

// The most telling things that fulfil a condition.
function telling(wanted, most) {
  const found = [];
  for (const id of rankedThings()) {
    if (found.length === most) break;
    if (wanted(id)) found.push(id);
  }
  return found;
}

const rankedThings = lazily(() => {
  const order = new Int32Array(things.length);
  for (const { id, rank } of things) order[rank] = id;
  return order;
});

// One thing that is done by hand: {name: "add", ids}, {name: "expand", id, ids}, {name: "collapse", id}, {name: "away", id}.
function applyMove({ name, id, ids }) {
  if (name === "add") for (const other of ids) addThing(other);
  if (name === "expand") expandThing(id, ids ?? nextNeighbours(id, () => true));
  if (name === "collapse") hangingOn(id).forEach(removeThing);
  if (name === "away") removeThing(id);
}

// The next neighbours of a thing that are not in the picture.
function nextNeighbours(id, wanted) {
  return neighbours(things[id]).filter((other) => !picture.places.has(other) && wanted(other)).slice(0, EXPAND_AT_ONCE);
}

function addThing(id) {
  if (picture.places.has(id)) return;
  const known = neighbours(things[id]).find((other) => picture.places.has(other));
  const centre = picture.places.get(known) ?? middleOf([...picture.places.values()]);
  placeAround(centre, [id]);
}

function expandThing(id, ids) {
  addThing(id);
  const wanted = ids.filter((other) => !picture.places.has(other));
  placeAround(picture.places.get(id), wanted);
  for (const other of wanted) join(id, other);
}

function placeAround(centre, ids) {
  const spots_ = freeSpots(centre, ids, picture.places);
  ids.forEach((id, i) => picture.places.set(id, spots_[i]));
  joinAll(ids);
  joinNames(ids);
}

function joinAll(ids) {
  for (const id of ids) for (const other of nearIndex().of(id)) if (picture.places.has(other)) join(id, other);
}

// Things that no line joins hang on the documents of the picture that name them.
function joinNames(ids) {
  const joined = new Set([...picture.lines.values()].flatMap(({ from, to }) => [from, to]));
  for (const id of ids) {
    if (!joined.has(id)) for (const other of documentsNaming(things[id])) if (picture.places.has(other)) join(id, other);
  }
}

// A line between two things of the picture, if there is none yet.
function join(one, other) {
  const id = pairKey(one, other);
  if (one === other || picture.lines.has(id)) return;
  const [from, to] = id.split("-").map(Number);
  const said = (pairs.get(id) ?? []).filter((fact) => !data.relations[fact.relation].symmetric);
  const heads = [said.some((fact) => fact.object === to) ? "to" : null, said.some((fact) => fact.object === from) ? "from" : null];
  picture.lines.set(id, { id, from, to, arrows: heads.filter(Boolean).join(", "), dashes: !pairs.has(id) });
}

function removeThing(id) {
  picture.places.delete(id);
  for (const [key, { from, to }] of picture.lines) if (from === id || to === id) picture.lines.delete(key);
}

// The neighbours of a thing that hang only on it: without it they would be joined to nothing else of the picture.  What
// the picture is about, the middle of surroundings or the ends of a path, hangs on nothing.
function hangingOn(id) {
  const joined = new Map([...picture.places.keys()].map((other) => [other, []]));
  for (const { from, to } of picture.lines.values()) { joined.get(from).push(to); joined.get(to).push(from); }
  const near = new Set(joined.get(id) ?? []);
  const seen = new Set([id]);
  const found = [];
  const fixed = [state.base.id, state.base.from, state.base.to];
  for (const first of near) {
    if (seen.has(first)) continue;
    const part_ = [first];
    seen.add(first);
    for (const one of part_) for (const other of joined.get(one)) if (!seen.has(other)) { seen.add(other); part_.push(other); }
    if (part_.every((other) => near.has(other) && !fixed.includes(other))) found.push(...part_);
  }
  return found;
}
