// Starts the page.
function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}

function startTools() {
  const [names, physics] = ["names", "physics"].map((id) => document.getElementById(id));
  document.getElementById("fit").addEventListener("click", fit);
  names.addEventListener("click", () => { allLineNames = !allLineNames; press(names, allLineNames); network.redraw(); });
  physics.addEventListener("click", () => {
    const on = physics.getAttribute("aria-pressed") !== "true";
    press(physics, on);
    network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false } });
  });
  document.getElementById("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; paint(); });
}

// Everything that depends on the language.
function paint() {
  translate();
  paintLegend();
  paintCounts();
  repaint();
  network.redraw();
}

index();
startDrawing();
startTools();
startSearch();
showOverview();
paint();
window.kgPage = Object.freeze({ network, goTo, labels: () => placed.map((label_) => ({ ...label_ })), shownIds }); // for tests and bookmarklets
