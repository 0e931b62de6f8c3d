// Starts the page.
function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}

let following = 0; // the timer that keeps moving nodes in view

function startTools() {
  const [names_, physics] = ["names", "physics"].map((id) => document.getElementById(id));
  document.getElementById("fit").addEventListener("click", fit);
  names_.addEventListener("click", () => { allLineNames = !allLineNames; press(names_, allLineNames); network.redraw(); });
  physics.addEventListener("click", () => {
    const on = physics.getAttribute("aria-pressed") !== "true";
    press(physics, on);
    network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false } });
    clearInterval(following);
    if (on) following = setInterval(() => { if (whole) fit(); }, 150); // what moves apart stays in view
  });
  document.getElementById("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; translate(); paintAll(); });
}

// Everything that tells of the state, but for the drawing.
function paintAll() {
  paintLegend();
  paintChips();
  paintFacets();
  paintCounts();
  paintEmpty();
  paintDetails();
  paintTakeaway();
  network.redraw();
}

let painted = ""; // of what the details were made last

// The details of what is chosen.  While that stays the same they keep their place, and the focus stays on the element
// with the same data-key.
function paintDetails() {
  const key = document.activeElement?.closest?.("#panel") ? document.activeElement.dataset.key : undefined;
  const wanted = JSON.stringify([state.subject, state.page, FACETS.map((facet) => [...chosen[facet]])]);
  if (wanted === painted) repaint();
  else if (selectedThing() !== null) showThing(selectedThing());
  else if (selectedLine() !== null) showLine(selectedLine());
  else if (state.page === "timeline") showTimeline();
  else showOverview();
  painted = wanted;
  if (key !== undefined) [...panel.querySelectorAll("[data-key]")].find((child) => child.dataset.key === key)?.focus({ preventScroll: true });
}

startDrawing();
startKeyboard();
translate();
startHistory();
startTools();
startSearch();
startFacets();
startTakeaway();
window.kgPage = Object.freeze({ // for tests and bookmarklets
  network, goTo, select, selectLine, focusOn, showPath, expand, collapse, takeAway, isShown, shownIds, drawnLines, selectionFacts,
  labels: () => placed.map((label_) => ({ ...label_ })), found: foundThings,
});
