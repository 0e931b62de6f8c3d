// Names in the drawing: of one size at every zoom, the more telling first, none over another.
const SIZE = 12;
const LINE = 15;
const LONGEST = 8; // in units of SIZE; a label has two lines at most
const MOST_LINES = 4;
const CELL = 80;
const FACE = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Source Han Sans SC",sans-serif';
const MOST = LONGEST * SIZE + 2;
const WIDEST = 1.75 * MOST; // of the name that is looked at
const OPENING = /[“‘（〔《〈(\[]/u;
const CLOSING = /[”’）〕》〉)\]]/u;
const cutNames = new Map();
const ON_LINE = [0.5, 0.4, 0.6, 0.3, 0.7];
let placed = []; // what was drawn last: {id, lines, x, y, width, height}

// A name in two ways: in at most two lines of about the same length, and in one; cut with … where it is longer, but for
// the number of a letter, which says nothing when it is cut.
function cuts(context, { id, name }) {
  if (!cutNames.has(name)) {
    const letters = [...name];
    const whole = isDocument(id) && letters.length <= 2 * LONGEST;
    const ways = [split(context, letters), [whole ? name : start(context, letters, 0)]];
    cutNames.set(name, ways.map((lines) => ({ lines, width: Math.max(...lines.map((line) => context.measureText(line).width)), height: lines.length * LINE })));
  }
  return cutNames.get(name);
}

// All of a name, in as many lines as it takes, up to MOST_LINES: for the one that is looked at.
function inFull(context, { name }) {
  const letters = [...name];
  const lines = [];
  for (let from = 0; from < letters.length && lines.length < MOST_LINES;) {
    let stop = letters.length;
    const fits = () => context.measureText(letters.slice(from, stop).join("")).width <= WIDEST && (stop === letters.length || mayBreak(letters, stop));
    while (stop > from + 1 && !fits()) stop -= 1;
    lines.push(letters.slice(from, stop).join(""));
    from = stop;
  }
  if (lines.join("").length < name.length) lines.push(`${[...lines.pop()].slice(0, -1).join("")}…`);
  return { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)), height: lines.length * LINE };
}

function split(context, letters) {
  const width = (from, to) => context.measureText(letters.slice(from, to).join("")).width;
  if (width(0, letters.length) <= MOST) return [letters.join("")];
  const breaks = letters.map((_, i) => i).filter((i) => i && width(0, i) <= MOST && mayBreak(letters, i));
  const cost = (i) => Math.max(width(0, i), width(i)) - (OPENING.test(letters[i]) || CLOSING.test(letters[i - 1]) ? SIZE : 0);
  const fitting = breaks.filter((i) => width(i) <= MOST);
  const at = fitting.length ? fitting.reduce((best, i) => (cost(i) < cost(best) ? i : best)) : breaks.at(-1) ?? 1;
  return [letters.slice(0, at).join(""), start(context, letters, at)];
}

// As much of a name from a place on as goes into one line.
function start(context, letters, at) {
  const text = (stop) => letters.slice(at, stop).join("") + (stop < letters.length ? "…" : "");
  let stop = letters.length;
  while (stop > at + 1 && context.measureText(text(stop)).width > MOST) stop -= 1;
  return text(stop);
}

// No line ends with an opening mark or begins with a closing one; numbers and Latin words stay whole.
function mayBreak(letters, i) {
  return !OPENING.test(letters[i - 1]) && !CLOSING.test(letters[i]) && !/[、，。·]/u.test(letters[i]) && !/[0-9A-Za-z]{2}/u.test(letters[i - 1] + letters[i]);
}

// Boxes by the cells that they touch, so that asking for a free place is quick.
function boxes() {
  const cells = new Map();
  const touched = (box_) => {
    const found = [];
    for (let x = Math.floor(box_.x / CELL); x <= Math.floor((box_.x + box_.width) / CELL); x++) {
      for (let y = Math.floor(box_.y / CELL); y <= Math.floor((box_.y + box_.height) / CELL); y++) found.push(`${x} ${y}`);
    }
    return found;
  };
  const over = (one, other) => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
  return {
    add(box_) { for (const cell of touched(box_)) cells.has(cell) ? cells.get(cell).push(box_) : cells.set(cell, [box_]); },
    // Is there nothing but what is of the same owner, or soft where that does not count?
    free(box_, soft = true) {
      return touched(box_).every((cell) => (cells.get(cell) ?? []).every((other) => other.owner === box_.owner || (other.soft && !soft) || !over(box_, other)));
    },
  };
}

function drawLabels(context) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const style = getComputedStyle(document.documentElement);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, font: `${SIZE}px ${FACE}` });
  Object.assign(context, { strokeStyle: style.getPropertyValue("--paper"), fillStyle: style.getPropertyValue("--ink") });
  const [nodes, taken] = [visibleNodes(context.canvas), boxes()];
  placed = placeNames(context, nodes, taken);
  tellLeftOut(nodes, context.canvas);
  for (const label_ of placed) write(context, label_);
  context.fillStyle = style.getPropertyValue("--soft");
  for (const line of namedLines()) placeLineName(context, line, taken);
  context.restore();
}

// The names for which there is room, each where it stands.
function placeNames(context, nodes, taken) {
  for (const node of nodes) ownRooms(node).forEach(taken.add);
  return nodes.map((node) => placeName(context, node, taken)).filter((label_) => label_ !== null);
}

// The nodes inside the canvas with their places on the screen: the greatest hub, letters, then the most telling.
function visibleNodes(canvas) {
  const scale = scaleNow();
  const nodes = drawn().map(([id, place]) => {
    const point = onScreen(place);
    return { id, ...point, radius: Math.max(3, nodeSize(things[id]) * scale), weight: emphasis(id) };
  }).filter(({ x, y }) => x > -60 && y > -40 && x < canvas.clientWidth + 60 && y < canvas.clientHeight + 40)
    .sort((one, other) => other.weight - one.weight || isDocument(other.id) - isDocument(one.id) || byWeight(one.id, other.id));
  const hub = nodes.findIndex(({ id }) => !isDocument(id)); // the greatest of those that are no letters goes first
  if (hub > 0 && nodes[hub].weight === nodes[0].weight) nodes.unshift(...nodes.splice(hub, 1));
  return nodes;
}

// The first free place for a name, in two lines, else in one.  A name that has no place, or
// would be cut off at the side, is left out, but for those that are looked at.
function placeName(context, node, taken) {
  const strong = node.weight > 2;
  const short = cuts(context, things[node.id]);
  const ways = strong && short[0].lines.join("") !== things[node.id].name ? [inFull(context, things[node.id])] : short;
  const tries = ways.flatMap((way) => spots(node, way));
  const inside = ({ x, y, width, height }) => x > 0 && y > 0 && x + width < context.canvas.clientWidth && y + height < context.canvas.clientHeight;
  const free = (soft) => tries.find((spot) => inside(spot) && taken.free(spot, soft));
  const box_ = free(true) ?? (node.weight ? free(false) : null) ?? (strong ? tries.find(inside) ?? tries[0] : null);
  if (box_ === null) return null;
  taken.add(box_);
  return { ...box_, id: node.id, strong };
}

// What a node takes: itself, and softly a strip below, for a name right under a node is read as its own.
function ownRooms({ id, x, y, radius }) {
  const node = { owner: id, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  return [node, { ...node, y: y + radius, height: 7, soft: true }];
}

// Below, above, right, left, then aside.
function spots({ id, x, y, radius }, { lines, width, height }) {
  const gap = radius + 3;
  const [left_, right, top, bottom] = [x - 0.7 * gap - width, x + 0.7 * gap, y - 0.7 * gap - height, y + 0.7 * gap];
  const places = [[x - width / 2, y + gap], [x - width / 2, y - gap - height], [x + gap, y - height / 2], [x - gap - width, y - height / 2],
    [right, bottom], [left_, bottom], [right, top], [left_, top]];
  return places.map(([left, top]) => ({ owner: id, x: left - 2, y: top - 1, width: width + 4, height: height + 2, lines }));
}

function write(context, { x, y, width, lines, strong }) {
  context.font = `${strong ? "bold " : ""}${SIZE}px ${FACE}`;
  lines.forEach((line, i) => {
    context.strokeText(line, x + width / 2, y + i * LINE + 2);
    context.fillText(line, x + width / 2, y + i * LINE + 2);
  });
  context.font = `${SIZE}px ${FACE}`;
}

// The name of a line stands in its middle, or where else on it there is room.
function placeLineName(context, line, taken) {
  const places = network.getPositions([line.from, line.to]);
  const [from, to] = [line.from, line.to].map((id) => onScreen(places[id]));
  const text = lineName(line);
  if (!text) return;
  const width = context.measureText(text).width;
  const at = (part_) => ({ owner: line.id, x: from.x + (to.x - from.x) * part_ - width / 2 - 2, y: from.y + (to.y - from.y) * part_ - LINE / 2, width: width + 4, height: LINE });
  const box_ = ON_LINE.map(at).find((spot) => taken.free(spot)) ?? (isMarked(line) ? at(0.5) : null);
  if (box_ === null) return;
  taken.add(box_);
  write(context, { ...box_, lines: [text] });
}

// Says, in a corner of the drawing, how many names there was no room for; no name stands under that.
function tellLeftOut(nodes, { clientWidth, clientHeight }) {
  const told = document.getElementById("leftout");
  const say = () => {
    const named_ = new Set(placed.map(({ id }) => id));
    const count = nodes.filter(({ id, x, y }) => !named_.has(id) && x > 0 && y > 0 && x < clientWidth && y < clientHeight).length;
    const text = count ? words("leftOut", { count }) : "";
    if (told.textContent !== text) told.textContent = text;
  };
  say();
  if (!told.textContent) return;
  const [left_, top] = [told.offsetLeft - 4, told.offsetTop - 2];
  placed = placed.filter(({ x, y, width, height, strong }) => strong || x + width < left_ || y + height < top);
  say();
}

// The thing whose drawn name is at a point of the canvas, or undefined.
function labelAt({ x, y }) {
  return placed.find((label_) => x >= label_.x && x <= label_.x + label_.width && y >= label_.y && y <= label_.y + label_.height)?.id;
}
