// Where things stand that were not placed when the page was made.  The same picture comes out the same each time; a
// node has the room of its name with it, so that no name has to be left out.
const ROOM = { gap: 10, node: 30 };
const FRAME = { width: 980, height: 750 }; // the drawing beside the panel on a screen of 1440 x 900
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’·…—×○]/u;

// The room of a node with its name below, in at most two lines.
function roomOf(id) {
  const ems = [...things[id].name].reduce((sum, letter) => sum + (WIDE.test(letter) ? 1 : 0.56), 0);
  const width = Math.max(30, Math.min(ems > LONGEST ? Math.max(ems / 2 + 1, 5) : ems, LONGEST + 0.5) * SIZE) + ROOM.gap;
  return { width, height: ROOM.node + (ems > LONGEST ? 2 : 1) * LINE + ROOM.gap };
}

function boxAt(id, { x, y }, { width, height } = roomOf(id)) {
  return { owner: id, x: x - width / 2, y: y - ROOM.node / 2, width, height };
}

function takenBy(places) {
  const taken = boxes();
  for (const [id, place] of places) taken.add(boxAt(id, place));
  return taken;
}

// A free place near a point for each of some things, going outward, away from the middle of the others first.
function freeSpots(centre, ids, places) {
  const taken = takenBy(places);
  const middle = middleOf([...places.values()]);
  const outward = Math.atan2(centre.y - middle.y, centre.x - middle.x);
  return ids.map((id) => {
    const spot = freeSpot(centre, outward, id, taken);
    taken.add(boxAt(id, spot));
    return spot;
  });
}

function freeSpot(centre, outward, id, taken) {
  const room = roomOf(id);
  for (let ring = 2; ring < 120; ring++) {
    const steps = 6 * ring;
    for (let i = 0; i < steps; i++) {
      const turn = (i % 2 ? 1 : -1) * Math.ceil(i / 2) * ((2 * Math.PI) / steps);
      const spot = { x: Math.round(centre.x + 34 * ring * Math.cos(outward + turn)), y: Math.round(centre.y + 25 * ring * Math.sin(outward + turn)) };
      if (taken.free(boxAt(id, spot, room))) return spot;
    }
  }
  return { x: Math.round(centre.x), y: Math.round(centre.y) };
}

function middleOf(points) {
  if (!points.length) return { x: 0, y: 0 };
  const sum = points.reduce((one, other) => ({ x: one.x + other.x, y: one.y + other.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

// Around the first thing of `rings`, in ellipses: for each step the things that are so far away, beside the things that
// they hang on.  `beside(id)` are the things next to one.
function inRings(rings, beside) {
  const [centre] = rings[0];
  const places = new Map([[centre, { x: 0, y: 0 }]]);
  const angles = new Map();
  const radius = { x: 60, y: 30 };
  rings.slice(1).forEach((ids, i) => {
    const order = i ? byAngle(ids, beside, angles) : [...ids].sort((one, other) => things[one].kind - things[other].kind || byWeight(one, other));
    for (let left = order; left.length;) left = fillEllipse(left, radius, places, angles);
    radius.x += 30;
    radius.y += 22;
  });
  return places;
}

// Things in the order of the angles at which those stand that they hang on.
function byAngle(ids, beside, angles) {
  const towards = new Map(ids.map((id) => {
    const known = beside(id).filter((other) => angles.has(other)).map((other) => angles.get(other));
    return [id, Math.atan2(known.reduce((sum, angle) => sum + Math.sin(angle), 0), known.reduce((sum, angle) => sum + Math.cos(angle), 0))];
  }));
  return [...ids].sort((one, other) => towards.get(one) - towards.get(other) || byWeight(one, other));
}

// Sets as many things as fit on the next ellipse, which is widened a little where that makes room for all; gives back
// the others.  The last ones spread over all of it.
function fillEllipse(ids, radius, places, angles) {
  const room = { width: Math.max(...ids.map((id) => roomOf(id).width)), height: Math.max(...ids.map((id) => roomOf(id).height)) };
  let slots = [];
  for (let tries = 0; tries < 4 && (tries === 0 || slots.length < ids.length); tries++) {
    radius.x += tries ? 40 : 112;
    radius.y += tries ? 30 : 78;
    slots = freeAngles(radius, room);
  }
  const count = Math.min(ids.length, slots.length);
  for (let i = 0; i < count; i++) {
    const angle = slots[Math.floor((i * slots.length) / count)];
    angles.set(ids[i], angle);
    places.set(ids[i], onEllipse(radius, angle));
  }
  return ids.slice(count);
}

function freeAngles(radius, room) {
  const taken = boxes();
  const free = [];
  for (let angle = -Math.PI; angle < Math.PI; angle += 0.01) {
    const box_ = boxAt(free.length, onEllipse(radius, angle), room);
    if (!taken.free(box_)) continue;
    taken.add(box_);
    free.push(angle);
  }
  return free;
}

function onEllipse(radius, angle) {
  return { x: Math.round(radius.x * Math.cos(angle)), y: Math.round(radius.y * Math.sin(angle)) };
}

// From left to right: one column for each step.
function inColumns(columns) {
  const gap = Math.max(160, Math.min(280, 840 / Math.max(1, columns.length - 1)));
  const places = new Map();
  columns.forEach((ids, i) => ids.forEach((id, j) => places.set(id, {
    x: Math.round((i - (columns.length - 1) / 2) * gap), y: Math.round((j - (ids.length - 1) / 2) * 92 + (i % 2 && ids.length === 1 ? 14 : 0)),
  })));
  return places;
}

// Things with the lines among them, by springs (Fruchterman and Reingold), then opened and pushed apart.
function inSprings(ids, lines) {
  const place = new Map(ids.map((id, i) => [id, i]));
  const ends = lines.map(({ from, to }) => [place.get(from), place.get(to)]);
  const points = ids.map((_, i) => ({ x: Math.sqrt(i + 0.5) * Math.cos(i * 2.399963), y: Math.sqrt(i + 0.5) * Math.sin(i * 2.399963) }));
  for (let round = 0; round < 160; round++) pull(points, ends, 1.6 * (1 - round / 160) + 0.02);
  const rooms = ids.map(roomOf);
  const area = rooms.reduce((sum, { width, height }) => sum + width * height, 0);
  const grow = Math.max(Math.sqrt(area / (0.8 * FRAME.width * FRAME.height)), ids.length < 20 ? 0.6 : 0.8);
  return apart(ids, spread(points, { width: FRAME.width * grow, height: FRAME.height * grow }), rooms);
}

function pull(points, ends, most) {
  const moved = points.map(({ x, y }) => ({ x: -0.06 * x, y: -0.06 * y }));
  const add = (i, x, y) => { moved[i].x += x; moved[i].y += y; };
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [points[i].x - points[j].x, points[i].y - points[j].y];
      const force = 1.4 / (x * x + y * y + 0.01);
      add(i, x * force, y * force);
      add(j, -x * force, -y * force);
    }
  }
  for (const [i, j] of ends) {
    const [x, y] = [points[i].x - points[j].x, points[i].y - points[j].y];
    const force = 0.35 * Math.hypot(x, y);
    add(i, -x * force, -y * force);
    add(j, x * force, y * force);
  }
  points.forEach((point, i) => {
    const step = Math.min(1, most / (Math.hypot(moved[i].x, moved[i].y) || 1));
    point.x += moved[i].x * step;
    point.y += moved[i].y * step;
  });
}

// Points in a frame, half by rank, half by distance, which opens what is crowded in the middle.
function spread(points, frame) {
  const along = (axis, length) => {
    const values = points.map((point) => point[axis]);
    const order = values.map((_, i) => i).sort((one, other) => values[one] - values[other] || one - other);
    const rank = [];
    order.forEach((i, place) => { rank[i] = place / Math.max(1, points.length - 1) - 0.5; });
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    return values.map((value, i) => (((value - least) / (greatest - least || 1) - 0.5 + rank[i]) / 2) * length);
  };
  const [xs, ys] = [along("x", frame.width), along("y", frame.height)];
  return points.map((_, i) => ({ x: xs[i], y: ys[i] }));
}

// Moves rooms that overlap, each pair along the axis where the step is smaller, until none does.
function apart(ids, points, rooms) {
  for (let round = 0, moved = true; moved && round < 300; round++) {
    moved = false;
    for (let i = 0; i < points.length; i++) {
      for (let j = 0; j < i; j++) {
        const [x, y] = [points[i].x - points[j].x, points[i].y - points[j].y];
        const over = [(rooms[i].width + rooms[j].width) / 2 - Math.abs(x), (rooms[i].height + rooms[j].height) / 2 - Math.abs(y)];
        if (over[0] <= 0 || over[1] <= 0) continue;
        moved = true;
        const [axis, way, step] = over[0] < over[1] ? ["x", x, over[0]] : ["y", y, over[1]];
        points[i][axis] += ((way || 1) < 0 ? -1 : 1) * (step / 2 + 0.5);
        points[j][axis] -= ((way || 1) < 0 ? -1 : 1) * (step / 2 + 0.5);
      }
    }
  }
  return new Map(ids.map((id, i) => [id, { x: Math.round(points[i].x), y: Math.round(points[i].y) }]));
}
