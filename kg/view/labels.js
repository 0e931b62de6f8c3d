// Names in the drawing: of one size at every zoom, the more telling first, none over another.
const SIZE = 12;
const LINE = 15;
const LONGEST = 8; // in units of SIZE; a label has two lines at most
const CELL = 80;
const FACE = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Source Han Sans SC",sans-serif';
const MOST = LONGEST * SIZE + 2;
const OPENING = /[“‘（〔《〈(\[]/u;
const CLOSING = /[”’）〕》〉)\]]/u;
const cutNames = new Map();
let placed = []; // what was drawn last: {id, lines, x, y, width, height}

// A name in two ways: in at most two lines of about the same length, and in one; cut with … where it is longer, but for
// the number of a letter, which says nothing when it is cut.
function cuts(context, { id, name }) {
  if (!cutNames.has(name)) {
    const letters = [...name];
    const whole = data.documents.includes(id) && letters.length <= 2 * LONGEST;
    const ways = [split(context, letters), [whole ? name : start(context, letters, 0)]];
    cutNames.set(name, ways.map((lines) => ({ lines, width: Math.max(...lines.map((line) => context.measureText(line).width)), height: lines.length * LINE })));
  }
  return cutNames.get(name);
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
    free(box_) { return touched(box_).every((cell) => (cells.get(cell) ?? []).every((other) => other.owner === box_.owner || !over(box_, other))); },
  };
}

function drawLabels(context) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const style = getComputedStyle(document.documentElement);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, font: `${SIZE}px ${FACE}` });
  Object.assign(context, { strokeStyle: style.getPropertyValue("--paper"), fillStyle: style.getPropertyValue("--ink") });
  const taken = boxes();
  const nodes = visibleNodes(context.canvas);
  for (const node of nodes) taken.add({ owner: node.id, x: node.x - node.radius, y: node.y - node.radius, width: 2 * node.radius, height: 2 * node.radius });
  placed = nodes.map((node) => placeName(context, node, taken)).filter((label_) => label_ !== null);
  for (const label_ of placed) write(context, label_);
  context.fillStyle = style.getPropertyValue("--soft");
  for (const line of namedLines()) placeLineName(context, line, taken);
  context.restore();
}

// The nodes inside the canvas with their places on the screen, the most telling first.
function visibleNodes(canvas) {
  const scale = network.getScale();
  return drawn().map(([id, place]) => {
    const point = network.canvasToDOM(place);
    return { id, ...point, radius: Math.max(3, nodeSize(things[id]) * scale), weight: emphasis(id) };
  }).filter(({ x, y }) => x > -60 && y > -40 && x < canvas.clientWidth + 60 && y < canvas.clientHeight + 40)
    .sort((one, other) => other.weight - one.weight || byWeight(one.id, other.id));
}

// The first free place for a name: below, above, right, left; in two lines, else in one.
function placeName(context, node, taken) {
  const strong = node.weight > 2;
  const tries = cuts(context, things[node.id]).flatMap((way) => spots(node, way));
  const inside = ({ x, y, width, height }) => x > 0 && y > 0 && x + width < context.canvas.clientWidth && y + height < context.canvas.clientHeight;
  const box_ = tries.find((spot) => inside(spot) && taken.free(spot)) ?? tries.find((spot) => taken.free(spot)) ?? (strong ? tries[0] : null);
  if (box_ === null) return null;
  taken.add(box_);
  return { ...box_, id: node.id, strong };
}

function spots({ id, x, y, radius }, { lines, width, height }) {
  const gap = radius + 3;
  const places = [[x - width / 2, y + gap], [x - width / 2, y - gap - height], [x + gap, y - height / 2], [x - gap - width, y - height / 2]];
  return places.map(([left, top]) => ({ owner: id, x: left - 2, y: top, width: width + 4, height, lines }));
}

function write(context, { x, y, width, lines, strong }) {
  context.font = `${strong ? "bold " : ""}${SIZE}px ${FACE}`;
  lines.forEach((line, i) => {
    context.strokeText(line, x + width / 2, y + i * LINE + 1);
    context.fillText(line, x + width / 2, y + i * LINE + 1);
  });
  context.font = `${SIZE}px ${FACE}`;
}

function placeLineName(context, line, taken) {
  const places = network.getPositions([line.from, line.to]);
  const ends = [line.from, line.to].map((id) => network.canvasToDOM(places[id]));
  const text = lineName(line);
  const width = context.measureText(text).width;
  const box_ = { owner: line.id, x: (ends[0].x + ends[1].x - width) / 2 - 2, y: (ends[0].y + ends[1].y - LINE) / 2, width: width + 4, height: LINE };
  if (!text || !taken.free(box_)) return;
  taken.add(box_);
  write(context, { ...box_, lines: [text] });
}

// The thing whose drawn name is at a point of the canvas, or undefined.
function labelAt({ x, y }) {
  return placed.find((label_) => x >= label_.x && x <= label_.x + label_.width && y >= label_.y && y <= label_.y + label_.height)?.id;
}
