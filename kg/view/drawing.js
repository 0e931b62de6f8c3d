// The drawing: vis-network with what is shown.  Everything else waits in the tables.
const EXPAND_AT_ONCE = 30;
let network = null;
let nodeSet = null;
let lineSet = null;
let nodeView = null;
let selected = null; // the number of a thing
let hovered = null;
let allLineNames = false;

function startDrawing() {
  nodeSet = new vis.DataSet(data.first.nodes.map(({ label: _, ...node }) => ({ ...node, ...look(node.id) })));
  lineSet = new vis.DataSet(data.first.edges);
  nodeView = new vis.DataView(nodeSet, { filter: (node) => !hiddenKinds.has(things[node.id].kind) });
  network = new vis.Network(document.getElementById("graph"), { nodes: nodeView, edges: lineSet }, options());
  network.on("afterDrawing", drawLabels);
  network.on("click", clicked);
  network.on("doubleClick", ({ nodes, pointer }) => { const id = nodes[0] ?? labelAt(pointer.DOM); if (id !== undefined) expand(id); });
  network.on("hoverNode", ({ node }) => { hovered = node; cursor("pointer"); network.redraw(); });
  network.on("blurNode", () => { hovered = null; cursor(""); network.redraw(); });
  network.on("hoverEdge", () => cursor("pointer"));
  network.on("blurEdge", () => cursor(""));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaintDrawing);
  fit();
}

// A colour of style.css, which knows light and dark.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function repaintDrawing() {
  network.setOptions(options());
  keepPlaces();
  nodeSet.update(nodeSet.getIds().map((id) => ({ id, ...look(id) })));
}

// Colour, shape and size of a thing's node: those that its kind has in the ontology, with a rim for the background.
function look(id) {
  const kind = kindOf(things[id]);
  const [fill, rim] = [{ background: kind.colour, border: colour("--rim") }, { background: kind.colour, border: colour("--strong") }];
  const shape = INSIDE.has(kind.shape) ? { shape: "custom", ctxRenderer: card } : { shape: kind.shape };
  return { ...shape, size: nodeSize(things[id]), color: { ...fill, hover: rim, highlight: rim } };
}

// Shapes that vis-network makes as large as the name inside.  Names stand beside the nodes here, so these are drawn as cards.
const INSIDE = new Set(["box", "ellipse", "circle", "database", "text"]);

function card({ ctx, x, y, style }) {
  const [width, height] = [2.3 * style.size, 1.6 * style.size];
  const drawNode = () => {
    Object.assign(ctx, { fillStyle: style.color, strokeStyle: style.borderColor, lineWidth: style.borderWidth });
    ctx.beginPath();
    ctx.rect(x - width / 2, y - height / 2, width, height);
    ctx.fill();
    ctx.stroke();
  };
  return { drawNode, nodeDimensions: { width, height } };
}

function options() {
  return {
    ...data.first.options,
    nodes: { borderWidth: 1, borderWidthSelected: 3, chosen: true },
    edges: {
      smooth: false, width: 1, selectionWidth: 1.6, hoverWidth: 0.8,
      color: { color: colour("--line"), highlight: colour("--strong"), hover: colour("--strong") },
      arrows: { to: { scaleFactor: 0.45 }, from: { scaleFactor: 0.45 } },
    },
    interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, zoomSpeed: 0.6 },
    layout: { improvedLayout: false, randomSeed: 1 },
  };
}

function cursor(name) {
  document.getElementById("graph").classList.toggle("pointing", name === "pointer");
}

// The whole graph with little margin; no larger than life.
function fit() {
  const box = document.getElementById("graph").getBoundingClientRect();
  const points = drawn().map(([, place]) => place);
  if (!points.length) return;
  const [left, right, top, bottom] = [Math.min, Math.max].map((end) => end(...points.map(({ x }) => x)))
    .concat([Math.min, Math.max].map((end) => end(...points.map(({ y }) => y))));
  const scale = Math.min(1.3, (box.width - 120) / (right - left || 1), (box.height - 90) / (bottom - top || 1));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 10 / scale }, scale, animation: false });
}

function clicked({ nodes, edges, pointer }) {
  const id = nodes[0] ?? labelAt(pointer.DOM);
  if (id !== undefined) select(id);
  else if (edges.length) selectLine(edges[0]);
  else { selected = null; showOverview(); }
}

function select(id) {
  selected = id;
  network.selectNodes([id]);
  showThing(id);
}

function selectLine(key) {
  selected = null;
  network.selectEdges([key]);
  showLine(key);
}

// Shows a thing wherever it is: puts it into the drawing, takes it out of the filter, centres it.
function goTo(id) {
  bring(id);
  network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: false });
  select(id);
}

function bring(id) {
  if (hiddenKinds.has(things[id].kind)) unhide(things[id].kind);
  if (!isShown(id)) add([id], network.getViewPosition());
}

function isShown(id) {
  return nodeSet.get(id) !== null;
}

function shownIds() {
  return nodeView.getIds();
}

// The nodes that vis-network draws at this moment, with their places: [id, {x, y}].  While a filter changes, they are
// not yet those of the view.
function drawn() {
  return Object.entries(network.getPositions()).map(([id, place]) => [Number(id), place]);
}

// Adds the next neighbours of a thing around it, the most telling first.
function expand(id) {
  bring(id);
  const wanted = neighbours(things[id]).filter((other) => !isShown(other)).slice(0, EXPAND_AT_ONCE);
  for (const kind of new Set(wanted.map((other) => things[other].kind))) if (hiddenKinds.has(kind)) unhide(kind);
  add(wanted, network.getPosition(id));
  for (const other of wanted) join(id, other);
  select(id);
}

function add(ids, centre) {
  const spots = freeSpots(centre, ids.length);
  nodeSet.add(ids.map((id, i) => ({ id, ...look(id), ...spots[i] })));
  for (const id of ids) for (const other of things[id].near) if (isShown(other)) join(id, other);
  for (const id of ids) if (![...things[id].near].some(isShown)) for (const other of documentsNaming(things[id])) if (isShown(other)) join(id, other);
  paintCounts();
}

// A line between two shown things, if there is none yet.
function join(one, other) {
  const id = pairKey(one, other);
  if (lineSet.get(id) !== null) return;
  const [from, to] = id.split("-").map(Number);
  const said = (pairs.get(id) ?? []).filter((fact) => !data.relations[fact.relation].symmetric);
  const heads = [said.some((fact) => fact.object === to) ? "to" : null, said.some((fact) => fact.object === from) ? "from" : null];
  lineSet.add({ id, from, to, arrows: heads.filter(Boolean).join(", "), dashes: !pairs.has(id) });
}

// Places around a point, on rings, that are away from all shown nodes.
function freeSpots(centre, count) {
  const others = drawn().map(([, place]) => place);
  const spots = [];
  for (let ring = 1; spots.length < count && ring < 40; ring++) {
    const steps = 5 * ring;
    for (let i = 0; i < steps && spots.length < count; i++) {
      const angle = (2 * Math.PI * (i + 0.5 * (ring % 2))) / steps;
      const spot = { x: Math.round(centre.x + 105 * ring * Math.cos(angle)), y: Math.round(centre.y + 62 * ring * Math.sin(angle)) };
      if (others.every(({ x, y }) => Math.abs(x - spot.x) > 90 || Math.abs(y - spot.y) > 48)) { others.push(spot); spots.push(spot); }
    }
  }
  while (spots.length < count) spots.push({ x: Math.round(centre.x), y: Math.round(centre.y) + 60 * spots.length });
  return spots;
}

function takeAway(id) {
  lineSet.remove(lineSet.get({ filter: (line) => line.from === id || line.to === id }));
  nodeSet.remove(id);
  selected = null;
  paintCounts();
  showOverview();
}

// Notes where the nodes are now.  (vis-network's own way fails when some are filtered out.)
function keepPlaces() {
  nodeSet.update(drawn().map(([id, place]) => ({ id, ...place })));
}

function refilter() {
  keepPlaces();
  nodeView.refresh();
  paintCounts();
}

function nodeSize(thing) {
  const { smallest, step, greatest } = data.sizes;
  return Math.min(greatest, Math.round((smallest + step * Math.sqrt(thing.near.size)) * 10) / 10);
}

// How much a node's name matters now: selected, hovered, next to the selected one, a document, others.
function emphasis(id) {
  if (id === selected || id === hovered) return 3;
  if (selected !== null && things[selected].near.has(id)) return 2;
  return data.documents.includes(id) ? 1 : 0;
}

// The lines whose names are drawn: of the selected thing, or all.
function namedLines() {
  if (!allLineNames && selected === null) return [];
  const ids = new Set(drawn().map(([id]) => id));
  return lineSet.get().filter((line) => ids.has(line.from) && ids.has(line.to) && (allLineNames || line.from === selected || line.to === selected));
}

function lineName(line) {
  return [...new Set((pairs.get(line.id) ?? []).map((fact) => label(data.relations[fact.relation])))].join(" · ");
}

function paintCounts() {
  const ids = new Set(shownIds());
  const lines = lineSet.get().filter((line) => ids.has(line.from) && ids.has(line.to)).length;
  document.getElementById("counts").textContent = words("counts", {
    documents: data.documents.length, things: things.length, facts: facts.length, figures: figures.length, nodes: ids.size, lines,
  });
}
