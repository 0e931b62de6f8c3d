// The view: what part of the picture is on the screen, how large.  Names keep their size at every scale, so what has to be
// in view is nodes with the room of their names.
const LARGEST = 1.3; // the scale of few nodes; more would be no better to read
let whole = true; // is the whole picture in view, untouched since?
let beforeResize = null; // the view before the drawing got a new size

let lens = null; // in place of the view: {ids, scale, at, width, height} of a picture for another size

// Where a point of the picture is on the screen, or on what is made in its place.
function onScreen(point) {
  return lens ? lens.at(point) : network.canvasToDOM(point);
}

function scaleNow() {
  return lens ? lens.scale : network.getScale();
}

function screenSize() {
  return lens ?? document.getElementById("graph").getBoundingClientRect();
}

function startView() {
  for (const event of ["dragStart", "zoom"]) network.on(event, () => { whole = false; });
  network.on("resize", () => { beforeResize ??= presentView(); queueMicrotask(afterResize); });
}

// Behind its event of a new size vis-network scales the view by itself.  It shall stay as it was, or show the whole
// picture; unless it has been moved meanwhile.
function afterResize() {
  if (beforeResize === null) return;
  if (whole) showPicture();
  else moveView(beforeResize);
}

// Shows all of the picture, with room for what the filters hide now: so nothing moves when they change.
function showPicture() {
  notePlaces();
  viewRooms(roomsOf([...picture.places]), LARGEST);
}

function fit() {
  whole = true;
  viewRooms(roomsOf(drawn()), LARGEST);
}

// After a change of the filters: the view stays, unless it was of all that there was and something is outside now.
function keepWhole() {
  const { width, height } = document.getElementById("graph").getBoundingClientRect();
  const outside = drawn().map(([, place]) => network.canvasToDOM(place)).some(({ x, y }) => x < 0 || y < 0 || x > width || y > height);
  if (whole && outside) showPicture();
}

// Moves the view so that nodes are in it with their names, at most at a scale.
function viewRooms(rooms, most) {
  if (!rooms.length) return;
  const scale = fittingScale(rooms, most);
  const { west, east, north, south } = extentOf(rooms, scale);
  moveView({ position: { x: (west + east) / 2 / scale, y: (north + south) / 2 / scale }, scale });
}

// Where nodes stand, how large they are, and the room of their names in pixels.
function roomsOf(places) {
  return places.map(([id, place]) => {
    const { width, height } = roomOf(id);
    return { ...place, radius: nodeSize(things[id]), half: width / 2, name: height - ROOM.node - ROOM.gap + 4 };
  });
}

// The edges of what nodes and names take at a scale, in pixels around the origin.
function extentOf(rooms, scale) {
  const edges = { west: Infinity, east: -Infinity, north: Infinity, south: -Infinity };
  for (const { x, y, radius, half, name } of rooms) {
    const wide = Math.max(half, radius * scale);
    edges.west = Math.min(edges.west, x * scale - wide);
    edges.east = Math.max(edges.east, x * scale + wide);
    edges.north = Math.min(edges.north, (y - radius) * scale);
    edges.south = Math.max(edges.south, (y + radius) * scale + name);
  }
  return edges;
}

// The greatest scale at which nodes and names fit on the screen.
function fittingScale(rooms, most, { width, height } = screenSize()) {
  const fits = (scale) => {
    const { west, east, north, south } = extentOf(rooms, scale);
    return east - west <= width - 16 && south - north <= height - 16;
  };
  if (fits(most)) return most;
  let [low, high] = [0.05, most];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle; else high = middle;
  }
  return low;
}

function moveView({ position, scale }) {
  beforeResize = null;
  network.moveTo({ position, scale, animation: false });
}

function presentView() {
  return { position: network.getViewPosition(), scale: network.getScale() };
}

function centreOn(id) {
  if (!isShown(id)) return;
  whole = false;
  moveView({ position: network.getPosition(id), scale: Math.max(network.getScale(), 0.9) });
}

function areInView(ids) {
  const box_ = document.getElementById("graph").getBoundingClientRect();
  return ids.filter(isShown).map((id) => network.canvasToDOM(network.getPosition(id)))
    .every(({ x, y }) => x > 50 && y > 30 && x < box_.width - 50 && y < box_.height - 50);
}

// Shows where a thing is: the view stays as it is where the thing can be seen well enough.
function lookAt(id) {
  if (network.getScale() < 0.6 || !areInView([id])) centreOn(id);
}

// Sees to it that some things are in view, with as little change as may be.  Where all of the picture would become too
// small for its names, the view goes to those things instead.
function reveal(ids) {
  const scale = network.getScale();
  if (whole && fittingScale(roomsOf(drawn()), LARGEST) >= Math.min(0.9, scale)) return fit();
  if (areInView(ids)) return;
  whole = false;
  viewRooms(roomsOf(drawn().filter(([id]) => ids.includes(id))), scale);
}
