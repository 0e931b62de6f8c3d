// The legend counts and filters: one button for each kind.
const hiddenKinds = new Set();

function paintLegend() {
  const counts = data.kinds.map(() => 0);
  for (const thing of things) counts[thing.kind] += 1;
  const order = data.kinds.map((_, i) => i).sort((one, other) => counts[other] - counts[one] || one - other);
  document.getElementById("legend").replaceChildren(...order.map((i) => chip(i, counts[i])));
}

function chip(i, count) {
  const kind = data.kinds[i];
  return element("button", { class: "chip", "data-kind": kind.name, "aria-pressed": String(!hiddenKinds.has(i)), onclick: () => toggleKind(i) },
    icon(kind), label(kind), element("span", { class: "count" }, count.toLocaleString("en-US")));
}

function toggleKind(i) {
  if (!hiddenKinds.delete(i)) hiddenKinds.add(i);
  const chosen = document.activeElement?.dataset?.kind;
  paintLegend();
  if (chosen) document.querySelector(`[data-kind="${chosen}"]`)?.focus();
  refilter();
}

// Shows a kind again because something of it is wanted, and says so.
function unhide(i) {
  toggleKind(i);
  const notice = document.getElementById("notice");
  notice.textContent = words("hidden", { kind: label(data.kinds[i]) });
  setTimeout(() => { notice.textContent = ""; }, 5000);
}
