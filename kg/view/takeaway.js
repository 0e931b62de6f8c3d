// Taking things away: the picture, the facts of what is selected or drawn, paper.
const takeButton = document.getElementById("take");
const takeaway = document.getElementById("takeaway");

function startTakeaway() {
  takeButton.addEventListener("click", () => openTakeaway(takeaway.hidden));
  takeaway.addEventListener("keydown", (event) => { if (event.key === "Escape") { openTakeaway(false); takeButton.focus(); } });
  startPaper();
}

function openTakeaway(open) {
  takeaway.hidden = !open;
  takeButton.setAttribute("aria-expanded", String(open));
  if (open) paintTakeaway();
}

// What can be taken, for the present selection.
function paintTakeaway() {
  if (takeaway.hidden) return;
  const focus = document.activeElement?.closest("#takeaway [data-take]")?.dataset.take;
  const button = (key, act) => element("button", { "data-take": key, onclick: act }, words(key));
  const group = (key, note, ...buttons) => element("div", { class: "take", role: "group", "aria-label": words(key) },
    element("span", { class: "label" }, words(key)), note ? element("span", { class: "note" }, note) : null, buttons);
  takeaway.replaceChildren(
    group("takePicture", null, button("takePng", savePng), button("takeSvg", () => save(pictureText(), "svg", "image/svg+xml"))),
    group("takeData", takenFacts(), button("takeCsv", () => save(csvOf(selectionFacts()), "csv", "text/csv")), button("takeTurtle", () => save(turtleOf(selectionFacts()), "ttl", "text/turtle"))),
    group("takePaper", null, button("takePrint", () => print())));
  if (focus) takeaway.querySelector(`[data-take=${focus}]`)?.focus();
}

function takenFacts() {
  const count = selectionFacts().length;
  if (selectedLine() !== null) return words("takeLine", { count });
  return selectedThing() === null ? words("takeDrawn", { count }) : words("takeSelection", { count, name: things[selectedThing()].name });
}

async function savePng() {
  try {
    save(await picturePng(), "png", "image/png");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    notify(words("takeFailed"));
  }
}

// Hands a file to the browser, named after the page and the selection.
function save(content, ending, type) {
  const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const name = `${fileName([document.title, selectedThing() === null ? null : things[selectedThing()].name].filter(Boolean).join("-"))}.${ending}`;
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  notify(words("saved", { name }));
}

// A name that every file system takes.
function fileName(text) {
  return [...text.toWellFormed().replace(/[\u0000-\u001f\u007f\\/:*?"<>|\s]+/gu, "_").replace(/^[._]+|[._]+$/g, "")].slice(0, 60).join("") || "graph";
}
