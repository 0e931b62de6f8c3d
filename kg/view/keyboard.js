// The picture by keyboard: arrows go to the nearest node in their direction, other keys do what the buttons do.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function startKeyboard() {
  const graph = document.getElementById("graph");
  graph.tabIndex = 0;
  graph.setAttribute("role", "application"); // so that screen readers pass the arrow keys on
  graph.setAttribute("aria-describedby", "keys");
  graph.querySelector(".vis-network").tabIndex = -1;
  graph.after(element("p", { id: "keys", "data-text": "keys" }), element("p", { id: "leftout" }), element("p", { id: "spoken", role: "status" }));
  graph.addEventListener("keydown", graphKey);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && picking !== null) stopPicking(); });
}

function graphKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const id = selectedThing();
  if (ARROWS[event.key]) walk(ARROWS[event.key]);
  else if (event.key === "+" || event.key === "=" || event.key === "-") zoom(event.key === "-" ? 0.8 : 1.25);
  else if (event.key === "0") fit();
  else if (event.key === "Escape" && picking === null && state.subject) select(null);
  else if (id !== null && ownKeys[event.key]) ownKeys[event.key](id);
  else return;
  event.preventDefault();
  if (event.key === "Enter") pointDown();
}

const ownKeys = {
  Enter: (id) => (picking === null ? expand(id) : goTo(id)), Backspace: collapse, Delete: takeAway, p: pickFrom, P: pickFrom,
  1: (id) => focusOn(id, 1), 2: (id) => focusOn(id, 2), 3: (id) => focusOn(id, 3),
};

function zoom(factor) {
  whole = false;
  moveView({ ...presentView(), scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
}

// Chooses the next node in a direction; the first one is that in the middle of the view.  Steps make one entry of the
// history together.
function walk(direction) {
  const id = selectedThing() !== null && isShown(selectedThing()) ? nextInDirection(selectedThing(), direction) : nearestTo(network.getViewPosition());
  if (id === undefined) return;
  act(() => choose({ thing: id }), () => reveal([id]), "walk");
  speak(id);
  pointDown();
}

function speak(id) {
  document.getElementById("spoken").textContent = `${things[id].name}${words("listComma")}${label(kindOf(things[id]))}${words("listComma")}${words("factCount", { count: factCount(id) })}`;
}

function nearestTo({ x, y }) {
  return least(drawn(), ([, place]) => Math.hypot(place.x - x, place.y - y))?.[0];
}

// The nearest node within 45 degrees of a direction; what lies aside counts double.
function nextInDirection(from, [right, down]) {
  const start = network.getPosition(from);
  const ahead = drawn().map(([id, { x, y }]) => ({ id, along: (x - start.x) * right + (y - start.y) * down, aside: Math.abs((x - start.x) * down) + Math.abs((y - start.y) * right) }))
    .filter(({ id, along, aside }) => id !== from && along > 0 && aside <= along * 1.001);
  return least(ahead, ({ along, aside }) => along + 2 * aside)?.id;
}

function least(values, measure) {
  let best;
  for (const value of values) if (best === undefined || measure(value) < measure(best)) best = value;
  return best;
}
