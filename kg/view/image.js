// The drawing as an SVG picture: the same nodes, lines and names at the same places, with a legend of the kinds below.
// Attributes only, no styles, so that every program shows it alike.
const LEGEND = { row: 22, gap: 18, size: 12 };

// The drawing as it stands on the screen, or only as much of that as holds something; `scheme` is an element whose
// colours hold.
function pictureOf({ scheme = document.documentElement, trimmed = false } = {}) {
  const { width: screenWidth, height: screenHeight } = screenSize();
  const paint_ = (name) => getComputedStyle(scheme).getPropertyValue(name).trim();
  const nodes = pictureNodes(screenWidth, screenHeight);
  const lines = pictureLines(new Map(nodes.map((node) => [node.id, node])));
  const frame = trimmed && nodes.length ? extent(nodes, screenWidth, screenHeight) : { x: 0, y: 0, width: Math.round(screenWidth), height: Math.round(screenHeight) };
  const legend = pictureLegend(nodes, frame.width, paint_);
  const [width, height] = [frame.width, frame.height + legend.height];
  const said = words("pictureOf", { title: document.title, nodes: nodes.length, lines: lines.length });
  return svg("svg", { xmlns: SVG, width, height, viewBox: `${frame.x} ${frame.y} ${width} ${height}`, role: "img", "font-family": FACE.replaceAll('"', "'"), "font-size": SIZE },
    svg("title", {}, printable(said)),
    svg("rect", { class: "paper", x: frame.x, y: frame.y, width, height, fill: paint_("--paper") }),
    svg("g", { class: "lines" }, lines.map((line) => pictureLine(line, paint_))),
    svg("g", { class: "nodes" }, nodes.map((node) => pictureNode(node, paint_))),
    svg("g", { class: "labels" }, placed.map((label_) => pictureName(label_, paint_))),
    svg("g", { class: "line-names" }, lineNames(nodes).map(({ text, x, y }) => haloed({ "data-line-name": text }, [[text, x, y + 11]], {}, paint_, "--soft"))),
    svg("rect", { x: frame.x, y: frame.y + frame.height, width, height: legend.height, fill: paint_("--paper") }),
    svg("g", { class: "legend", transform: `translate(${frame.x} ${frame.y + frame.height})` }, legend.parts));
}

// The part of the screen that nodes and names take.
function extent(nodes, screenWidth, screenHeight) {
  const boxes_ = [...placed, ...nodes.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }))];
  const [left_, top] = ["x", "y"].map((key) => Math.max(0, Math.floor(Math.min(...boxes_.map((one) => one[key])) - 6)));
  const right = Math.min(screenWidth, Math.max(...boxes_.map((one) => one.x + one.width)) + 6);
  const bottom = Math.min(screenHeight, Math.max(...boxes_.map((one) => one.y + one.height)) + 6);
  return { x: left_, y: top, width: Math.ceil(right) - left_, height: Math.ceil(bottom) - top };
}

function pictureNodes(screenWidth, screenHeight) {
  const scale = scaleNow();
  return drawn().map(([id, point]) => ({ id, ...onScreen(point), radius: Math.max(3, nodeSize(things[id]) * scale) }))
    .filter(({ x, y, radius }) => x > -radius && y > -radius && x < screenWidth + radius && y < screenHeight + radius);
}

// The lines between drawn nodes, those that leave the picture too.
function pictureLines(nodes) {
  const place_ = new Map(drawn().map(([id, point]) => [id, onScreen(point)]));
  const radius = (id) => nodes.get(id)?.radius ?? 0;
  return drawnLines().filter(({ from, to }) => place_.has(from) && place_.has(to))
    .map((line) => ({ ...lineSet.get(line.id), ends: [place_.get(line.from), place_.get(line.to)], radii: [radius(line.from), radius(line.to)] }));
}

function pictureLine({ id, ends: [from, to], radii, arrows, dashes }, paint_) {
  const heads = [/\bto\b/.test(arrows ?? "") ? arrowHead(from, to, radii[1]) : null, /\bfrom\b/.test(arrows ?? "") ? arrowHead(to, from, radii[0]) : null];
  const strong = id === selectedLine() || id.split("-").map(Number).includes(selectedThing());
  const colour_ = paint_(strong ? "--strong" : "--edge");
  return svg("g", { "data-line": id, stroke: colour_, fill: colour_ },
    svg("line", { x1: round(from.x), y1: round(from.y), x2: round(to.x), y2: round(to.y), "stroke-width": strong ? 1.6 : 1, "stroke-dasharray": dashes ? "5 5" : null }),
    heads.filter(Boolean).map((points) => svg("path", { d: points, stroke: "none" })));
}

// A small triangle before the node at the end of a line.
function arrowHead(from, to, radius) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const at = (back, side) => `${round(to.x - dx * (radius + back) - dy * side)} ${round(to.y - dy * (radius + back) + dx * side)}`;
  return `M${at(1, 0)}L${at(8, 3)}L${at(8, -3)}Z`;
}

function pictureNode({ id, x, y, radius }, paint_) {
  const kind = kindOf(things[id]);
  const look_ = { "data-thing": id, fill: kind.colour, stroke: paint_(id === selectedThing() ? "--strong" : "--rim"), "stroke-width": id === selectedThing() ? 3 : 1 };
  const outline = nodeOutline(kind.shape, radius);
  const at = `translate(${round(x)} ${round(y)})`;
  const made = outline ? svg("path", { ...look_, d: outline, transform: at }) : svg("circle", { ...look_, r: round(radius), transform: at });
  made.append(svg("title", {}, printable(things[id].name)));
  return made;
}

// A node's outline around the origin, as vis-network draws its shapes; none for dots.
function nodeOutline(shape, r) {
  const polygon = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;
  const turning = (count, radius, start) => Array.from({ length: count }, (_, i) => start + (2 * Math.PI * i) / count).map((angle, i) => [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)]);
  if (shape === "square") return polygon([[-r, -r], [r, -r], [r, r], [-r, r]]);
  if (shape === "diamond") return polygon(turning(4, () => r, 0));
  if (shape === "hexagon") return polygon(turning(6, () => r, 0));
  if (shape === "star") return polygon(turning(10, (i) => 0.82 * r * (i % 2 ? 0.5 : 1.3), -Math.PI / 2).map(([x, y]) => [x, y + 0.1 * r]));
  if (shape === "triangle" || shape === "triangleDown") {
    const [side, up] = [1.15 * r, shape === "triangle" ? 1 : -1];
    const inner = (Math.sqrt(3) / 3) * side;
    const high = Math.sqrt(3) * side - inner;
    return polygon([[0, -high], [side, inner], [-side, inner]].map(([x, y]) => [x, up * (y + 0.275 * side)]));
  }
  return INSIDE.has(shape) ? polygon([[-1.15 * r, -0.8 * r], [1.15 * r, -0.8 * r], [1.15 * r, 0.8 * r], [-1.15 * r, 0.8 * r]]) : null;
}

function pictureName({ id, x, y, width, lines, strong }, paint_) {
  return haloed({ "data-label": id }, lines.map((line, i) => [line, x + width / 2, y + i * LINE + 13]), { "font-weight": strong ? "bold" : null }, paint_, "--ink");
}

// Rows of text, first their halo, so that lines do not run through them.
function haloed(attributes, rows, look_, paint_, ink) {
  const text = (more) => svg("text", { "text-anchor": "middle", ...look_, ...more }, rows.map(([row, x, y]) => svg("tspan", { x: round(x), y: round(y) }, printable(row))));
  return svg("g", attributes, text({ "aria-hidden": "true", stroke: paint_("--paper"), "stroke-width": 3.5, "stroke-linejoin": "round", fill: "none" }), text({ fill: paint_(ink) }));
}

// The names of lines for which the drawing has room: placed by the drawing's own rule, on a context that only listens.
function lineNames(nodes) {
  const found = [];
  const listener = { ...measuring(), strokeText: () => {}, fillText: (text, x, y) => found.push({ text, x, y }) };
  const taken = boxes();
  for (const node of nodes) ownRooms(node).forEach(taken.add);
  for (const label_ of placed) taken.add(label_);
  for (const line of namedLines()) placeLineName(listener, line, taken);
  return found;
}

// What measures names as the drawing does.
function measuring() {
  const paper = document.createElement("canvas").getContext("2d");
  paper.font = `${SIZE}px ${FACE}`;
  return { measureText: (text) => paper.measureText(text) };
}

// The kinds of what is in the picture, in rows below it.
function pictureLegend(nodes, width, paint_) {
  const kinds = [...new Set(nodes.map(({ id }) => things[id].kind))].sort((one, other) => one - other);
  const parts = [];
  let [x, y] = [LEGEND.gap, LEGEND.row / 2];
  for (const kind of kinds.map((i) => data.kinds[i])) {
    const wide = 20 + textWidth(label(kind), LEGEND.size) + LEGEND.gap;
    if (x + wide > width && x > LEGEND.gap) { x = LEGEND.gap; y += LEGEND.row; }
    const outline = nodeOutline(kind.shape, 6);
    const mark = { fill: kind.colour, transform: `translate(${round(x + 6)} ${y})` };
    parts.push(outline ? svg("path", { ...mark, d: outline }) : svg("circle", { ...mark, r: 5.5 }),
      svg("text", { x: round(x + 18), y: y + 4, fill: paint_("--ink"), "font-size": LEGEND.size }, printable(label(kind))));
    x += wide;
  }
  return { parts, height: kinds.length ? y + LEGEND.row : 0 };
}

function round(number) {
  return Math.round(number * 10) / 10;
}

// A text without what XML forbids.
function printable(text) {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}

function pictureText() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(pictureOf())}\n`;
}

// The picture as PNG, twice as large as on the screen, with its ground.
async function picturePng() {
  const picture = pictureOf();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = element("canvas", { width: 2 * picture.getAttribute("width"), height: 2 * picture.getAttribute("height") });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}
