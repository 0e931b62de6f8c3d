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

function silence() {
  clearTimeout(noticeEnds);
  const notice = document.getElementById("notice");
  const focused = notice.contains(document.activeElement);
  notice.replaceChildren();
  if (focused) document.getElementById("graph").focus({ preventScroll: true });
}
