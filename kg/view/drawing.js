// The drawing: vis-network with those things and lines of the picture that pass the filters, and no others.
let network = null;
let nodeSet = null;
let lineSet = null;
let hovered = null;
let allLineNames = false;
let hoveredLine = null;
const HUB = 8; // so many neighbours make a thing as telling as a document

function startDrawing() {
  nodeSet = new vis.DataSet();
  lineSet = new vis.DataSet();
  network = new vis.Network(document.getElementById("graph"), { nodes: nodeSet, edges: lineSet }, options());
  network.on("afterDrawing", drawLabels);
  network.on("click", clicked);
  network.on("doubleClick", ({ pointer, event }) => { if (event.pointerType === "touch") doubleClicked(pointer.DOM); });
  document.getElementById("graph").addEventListener("dblclick", doubleClickedWithMouse);
  network.on("hoverNode", ({ node }) => { hovered = node; cursor("pointer"); network.redraw(); });
  network.on("blurNode", () => { hovered = null; cursor(""); network.redraw(); });
  network.on("hoverEdge", ({ edge }) => { hoveredLine = edge; cursor("pointer"); network.redraw(); });
  network.on("blurEdge", () => { hoveredLine = null; cursor(""); network.redraw(); });
  // vis-network hears of the mouse only inside: what was under it would stay marked when it leaves.
  document.getElementById("graph").addEventListener("mouseleave", ({ currentTarget }) =>
    currentTarget.querySelector("canvas").dispatchEvent(new MouseEvent("mousemove", { clientX: -1e6, clientY: -1e6, bubbles: true })));
  document.getElementById("graph").addEventListener("wheel", leaveWheel, { capture: true });
  startView();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaintDrawing);
}

// Where the page scrolls as a whole, a wheel over the drawing scrolls it on, unless Ctrl is held or the drawing has the focus.
function leaveWheel(event) {
  if (stacked.matches && !event.ctrlKey && !document.getElementById("graph").contains(document.activeElement)) event.stopPropagation();
}

// A colour of style.css, which knows light and dark.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function repaintDrawing() {
  network.setOptions(options());
  notePlaces();
  nodeSet.update(nodeSet.getIds().map((id) => ({ id, ...look(id), ...picture.places.get(id) })));
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
      smooth: false, width: 1, selectionWidth: 0.9, hoverWidth: 0.8,
      color: { color: colour("--edge"), highlight: colour("--strong"), hover: colour("--strong") },
      arrows: { to: { scaleFactor: 0.45 }, from: { scaleFactor: 0.45 } },
    },
    interaction: { hover: true, tooltipDelay: 1e9, keyboard: false, zoomSpeed: 0.6 },
    layout: { improvedLayout: false, randomSeed: 1 },
  };
}

function cursor(name) {
  document.getElementById("graph").classList.toggle("pointing", name === "pointer");
}

// Hands to vis-network what the picture has and the filters let pass, and marks what is chosen.
function syncDrawing() {
  const ids = [...picture.places.keys()].filter(passesThing);
  const shown = new Set(ids);
  const lines = [...picture.lines.values()].filter((line) => shown.has(line.from) && shown.has(line.to) && passesLine(line));
  const drawnAs = new Map(lines.map((line) => [line.id, line]));
  lineSet.remove(lineSet.getIds().filter((id) => !drawnAs.has(id)));
  nodeSet.remove(nodeSet.getIds().filter((id) => !shown.has(id)));
  const known = new Map(drawn());
  nodeSet.add(ids.filter((id) => !known.has(id)).map((id) => ({ id, ...look(id), ...picture.places.get(id) })));
  nodeSet.update(ids.filter((id) => known.has(id) && moved(known.get(id), picture.places.get(id))).map((id) => ({ id, ...picture.places.get(id) })));
  lineSet.update(lines.filter((line) => !lineSet.get(line.id) || lineSet.get(line.id).dashes !== line.dashes));
  if (hovered !== null && !shown.has(hovered)) hovered = null;
  if (hoveredLine !== null && !drawnAs.has(hoveredLine)) hoveredLine = null;
  markChosen();
}

function moved(one, other) {
  return Math.abs(one.x - other.x) > 0.5 || Math.abs(one.y - other.y) > 0.5;
}

function markChosen() {
  const [id, line] = [selectedThing(), selectedLine()];
  if (id !== null && isShown(id)) network.selectNodes([id]);
  else if (line !== null && lineSet.get(line)) network.selectEdges([line]);
  else network.unselectAll();
}

function isShown(id) {
  return nodeSet.get(id) !== null;
}

function shownIds() {
  return nodeSet.getIds();
}

// The nodes that vis-network draws at this moment, with their places: [id, {x, y}].
function drawn() {
  return Object.entries(network.getPositions()).map(([id, place]) => [Number(id), place]).filter(([id]) => !lens || lens.ids.has(id));
}

// Takes over where things were dragged to, or moved by the live layout.
function notePlaces() {
  for (const [id, { x, y }] of drawn()) if (picture.places.has(id) && moved(picture.places.get(id), { x, y })) picture.places.set(id, { x, y });
}

function clicked({ nodes, edges, pointer }) {
  const id = nodes[0] ?? labelAt(pointer.DOM);
  if (id !== undefined) select(id);
  else if (picking !== null) return;
  else if (edges.length) selectLine(edges[0]);
  else if (state.subject) select(null);
  pointDown();
}

// With a mouse the browser's own double click counts: vis-network's is lost when the first click's answer takes long.
function doubleClickedWithMouse({ clientX, clientY }) {
  const { left: x, top: y } = document.getElementById("graph").getBoundingClientRect();
  doubleClicked({ x: clientX - x, y: clientY - y });
}

function doubleClicked(point) {
  const id = network.getNodeAt(point) ?? labelAt(point);
  if (id !== undefined && picking === null) { expand(id); pointDown(); }
}

// --- Sizes and names

function nodeSize(thing) {
  const { smallest, step, greatest } = data.sizes;
  return Math.min(greatest, Math.round((smallest + step * Math.sqrt(degree(thing.id))) * 10) / 10);
}

// How much a node's name matters now: chosen, hovered or an end of a path; next to the chosen one; a
// document or hub; others.
function emphasis(id) {
  const { base } = state;
  if (id === selectedThing() || id === hovered || (base.name === "path" && (id === base.from || id === base.to))) return 3;
  if (selectedThing() !== null && picture.lines.has(pairKey(id, selectedThing()))) return 2;
  return isDocument(id) || degree(id) >= HUB ? 1 : 0;
}

// The lines whose names are drawn: the hovered or chosen one first, then those of the chosen thing, of paths, or all.
function namedLines() {
  const id = selectedThing();
  const first = [hoveredLine, selectedLine()].filter((line) => line !== null);
  const all = allLineNames || state.base.name === "path";
  const rest = all || id !== null ? lineSet.get().filter((line) => !first.includes(line.id) && (all || line.from === id || line.to === id)) : [];
  return [...[...new Set(first)].map((line) => lineSet.get(line)).filter((line) => line !== null), ...rest].filter(({ from, to }) => !lens || (lens.ids.has(from) && lens.ids.has(to)));
}

function lineName(line) {
  if (line.dashes) return state.base.name === "path" || isMarked(line) ? words("named") : "";
  return [...new Set((pairs.get(line.id) ?? []).filter(passesFact).map((fact) => label(data.relations[fact.relation])))].join(" · ");
}

// Is a line the hovered or the chosen one?
function isMarked({ id }) {
  return id === hoveredLine || id === selectedLine();
}

// What there is and what is shown of it, in pieces that each break as a whole.
function paintCounts() {
  const count = (key, number) => words(key, { count: number });
  const whole_ = [...readSaid(), count("thingCount", things.length), count("factCount", facts.length), count("figureCount", figures.length)].join(" · ");
  const shown = words("shownCount", { nodes: count("thingCount", nodeSet.length), lines: count("lineCount", lineSet.length) });
  const pieces = [partSaid() && words("partOf", { part: partSaid() }), whole_, shown].filter(Boolean);
  const end = language === "zh" ? "；" : ";";
  document.getElementById("counts").replaceChildren(...pieces.flatMap((piece, i) => [element("span", {}, piece + (i < pieces.length - 1 ? end : "")), i < pieces.length - 1 && language !== "zh" ? " " : ""]));
}

// How many letters and other documents were read.
function readSaid() {
  const letters_ = data.documents.filter((id) => kindOf(things[id]).name === "Letter").length;
  const others = data.documents.length - letters_;
  if (!letters_) return [words("documentCount", { count: others })];
  return [words("letterCount", { count: letters_ }), ...(others ? [words("otherDocuments", { count: others })] : [])];
}

// What a page of a part of the graph was made for: 甲周围 2 步 · 平台 · 乙函〔2024〕3号; "" for a page of all of it.
function partSaid() {
  if (!data.part) return "";
  const { focus, steps, kinds, letters: wanted } = data.part;
  const list = (names_) => (names_.length > 3 ? `${names_.slice(0, 3).join(words("listComma"))} ${words("others", { count: names_.length })}` : names_.join(words("listComma")));
  return [focus >= 0 ? words("aroundOf", { name: things[focus].name, count: steps }) : "", list(kinds.map((i) => label(data.kinds[i]))), list(wanted.map((id) => things[id].name))].filter(Boolean).join(" · ");
}

// In the middle of an empty drawing: why it is empty, and what would fill it.
function paintEmpty() {
  const part_ = document.getElementById("empty");
  part_.hidden = nodeSet.length > 0;
  if (part_.hidden) return part_.replaceChildren();
  const total = filtered() ? survey().total : 0;
  const said = !filtered() ? words("nothingDrawn") : total ? words("noneDrawn", { count: total }) : words("noMatches");
  const button = (key, text, action) => element("button", { "data-key": key, onclick: action }, text);
  repaintPart(part_, [element("p", {}, said),
    total ? button("matches", words(total > MATCHES_AT_MOST ? "showMost" : "showMatches", { count: Math.min(total, MATCHES_AT_MOST) }), showMatches) : null,
    filtered() ? button("reset", words("resetFilters"), resetFilters) : state.moves.length || !isFirst(state.base) ? button("first", words("toFirst"), showFirst) : null]);
}
