// Short messages below the drawing, read out by screen readers; one may offer a button.
let noticeEnds = 0;

function notify(text, offer = null) {
  const notice = document.getElementById("notice");
  clearTimeout(noticeEnds);
  const button = offer && element("button", { class: "offer", onclick: () => { silence(); offer.action(); } }, offer.label);
  const close = element("button", { class: "close", "aria-label": words("close"), onclick: () => { silence(); stopPicking(); } }, "×");
  notice.replaceChildren(element("span", {}, text), ...[button, close].filter(Boolean));
  if (!offer) noticeEnds = setTimeout(silence, 7000);
}

// At 200 % zoom, or on a telephone, the page scrolls as a whole and the details stand below the drawing.
const stacked = matchMedia("(max-width: 900px) and (max-height: 760px), (max-width: 480px)");

// Goes to the details with the focus, and to where they can be seen.
function goToDetails() {
  if (!stacked.matches) return panel.focus({ preventScroll: true });
  const heading_ = panel.querySelector("h2") ?? panel;
  heading_.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "start" });
}

// Says that what was chosen in the drawing has its details below, where they are out of sight.
function pointDown() {
  if (!stacked.matches || selectedThing() === null && selectedLine() === null || panel.getBoundingClientRect().top < innerHeight - 80) return;
  if (document.getElementById("notice").childElementCount) return;
  const name = (selectedLine()?.split("-").map(Number) ?? [selectedThing()]).map((id) => things[id].name).join(" – ");
  notify(words("detailsBelow", { name }), { label: words("toDetails"), action: goToDetails });
}

function silence() {
  clearTimeout(noticeEnds);
  const notice = document.getElementById("notice");
  const focused = notice.contains(document.activeElement);
  notice.replaceChildren();
  if (focused) document.getElementById("graph").focus({ preventScroll: true });
}
