// On paper (A4): the picture laid out anew for the sheet, so that its names can be read, then the details with nothing folded
// and every sentence that a number points at.
const SHEET = { width: 720, height: 900, millimetres: 178 }; // a name of SIZE pixels is 8.4 points high
let onScreenOnly = null; // what the panel held before it was made for paper

function startPaper() {
  addEventListener("beforeprint", () => { printPicture(); printPanel(); });
  addEventListener("afterprint", () => {
    document.querySelector(".printed")?.remove();
    if (onScreenOnly) panel.replaceChildren(...onScreenOnly);
    onScreenOnly = null;
  });
}

// Makes the panel again with all that is folded; sentences that its numbers point at and that stand nowhere come last.
function printPanel() {
  onScreenOnly ??= [...panel.childNodes];
  onPaper = true;
  paperProofs = [];
  try {
    panel.replaceChildren(...made(making), ...paperProofs.filter((proof) => proof.unprinted().length).map((proof) => part("sentences", null, proof.list(proof.unprinted()))));
  } finally {
    onPaper = false;
  }
}

// The picture stands, in the colours of the light page, above the details.
function printPicture() {
  document.querySelector(".printed")?.remove();
  const scheme = element("div", { class: "on-paper" });
  document.body.append(scheme);
  document.querySelector("main").before(element("figure", { class: "printed" }, sheetPicture(scheme)));
  scheme.remove();
}

// What is in view, as large as the sheet is wide; turned by a right angle where more names have room so.
function sheetPicture(scheme) {
  const { width, height } = screenSize();
  const seen = pictureNodes(width, height).map(({ id }) => id);
  const known = placed;
  try {
    const tries = [false, true].map((turned) => {
      lens = sheetLens(seen, turned);
      return { lens, placed: placeNames({ ...measuring(), canvas: { clientWidth: lens.width, clientHeight: lens.height } }, visibleNodes({ clientWidth: lens.width, clientHeight: lens.height }), boxes()) };
    });
    const best = tries[1].placed.length > tries[0].placed.length ? tries[1] : tries[0];
    [lens, placed] = [best.lens, best.placed];
    const made_ = pictureOf({ scheme, trimmed: true });
    for (const side of ["width", "height"]) made_.setAttribute(side, `${round((made_.getAttribute(side) * SHEET.millimetres) / SHEET.width)}mm`);
    return made_;
  } finally {
    [lens, placed] = [null, known];
  }
}

// How the picture is put on the sheet, with room for the legend below.
function sheetLens(seen, turned) {
  const ids = new Set(seen);
  const turn = ({ x, y }) => (turned ? { x: -y, y: x } : { x, y });
  const rooms = roomsOf(Object.entries(network.getPositions(seen)).map(([id, point]) => [Number(id), turn(point)]));
  const size = { width: SHEET.width, height: SHEET.height - 4 * LEGEND.row };
  const scale = rooms.length ? fittingScale(rooms, LARGEST, size) : 1;
  const { west, east, north, south } = extentOf(rooms, scale);
  const at = (point) => ({ x: size.width / 2 + turn(point).x * scale - (west + east) / 2, y: size.height / 2 + turn(point).y * scale - (north + south) / 2 });
  return { ids, scale, at, ...size };
}
