// What lies around a thing, and the shortest ways between two, over the facts of the whole graph.
const PATHS = 5;

// The things next to one: by facts; with `named` also those that a document names, or the documents that name it.
function beside(id, named = false) {
  return named ? neighbours(things[id]) : nearIndex().of(id);
}

// The thing and for each step what is so far away, the most telling first, at most `limit` of all.  A thing without
// facts has the documents that name it around it.  `total` is how many there are.
function surroundings(id, steps, limit) {
  const named = degree(id) === 0;
  const rings = [[id]];
  const kept = new Set([id]);
  for (let step = 1; step <= steps; step++) {
    const found = new Set();
    for (const one of rings.at(-1)) for (const other of beside(one, named)) if (!kept.has(other)) found.add(other);
    const room = Math.ceil((limit - kept.size) * (step < steps ? 0.6 : 1));
    const ring = [...found].sort(byWeight).slice(0, Math.max(0, room));
    if (!ring.length) break;
    ring.forEach((other) => kept.add(other));
    rings.push(ring);
  }
  return { rings, named, shown: kept.size, total: distances(id, named, (step) => step >= steps).reached };
}

// How far away each thing is (-1: not reached), going out step by step until `enough(step)`.
function distances(from, named, enough) {
  const far = new Int32Array(things.length).fill(-1);
  far[from] = 0;
  let ring = [from];
  let reached = 1;
  for (let step = 0; ring.length && !enough(step); step++) {
    const next = [];
    for (const one of ring) {
      for (const other of beside(one, named)) if (far[other] < 0) { far[other] = step + 1; next.push(other); }
    }
    reached += next.length;
    ring = next;
  }
  return { far, reached };
}

// The shortest paths between two things, the most telling first, at most PATHS; by facts, or where these do not join
// them, also by the letters that name things.  None: an empty list.
function shortestPaths(from, to) {
  for (const named of [false, true]) {
    const { far } = distances(from, named, () => false);
    if (far[to] < 0) continue;
    const found = waysBack(to, far, named, PATHS + 1);
    return { paths: found.slice(0, PATHS), more: found.length > PATHS, named };
  }
  return { paths: [], more: false, named: false };
}

function waysBack(to, far, named, most) {
  const found = [];
  const follow = (tail) => {
    if (found.length >= most) return;
    const [head] = tail;
    if (far[head] === 0) { found.push(tail); return; }
    for (const other of [...beside(head, named)].filter((id) => far[id] === far[head] - 1).sort(byWeight)) follow([other, ...tail]);
  };
  follow([to]);
  return found;
}

// The things of some paths by their distance from the start.
function columnsOf(paths) {
  return paths[0].map((_, i) => [...new Set(paths.map((path) => path[i]))]);
}
