// Numbered sentences of the panel.  Facts, figures and standings point at them by number.
const AT_ONCE = 60;
const CITED_AT_ONCE = 6;

// Holds the numbers that sentences have in one panel: in the order of the letters and of their text.
function evidence(ids, marks) {
  const ordered = [...new Set(ids)].sort((one, other) => one - other);
  const number = new Map(ordered.map((id, i) => [id, i + 1]));
  const list = element("ol", { class: "sentences" });
  const more = element("button", { class: "more", onclick: () => grow(list.children.length + AT_ONCE) });

  function grow(count) {
    for (const id of ordered.slice(list.children.length, count)) list.append(sentenceItem(sentences[id], number.get(id), marks));
    const left = ordered.length - list.children.length;
    more.hidden = left === 0;
    more.textContent = words("more", { count: left });
  }

  function show(id) {
    grow(Math.max(list.children.length, number.get(id)));
    const item = list.children[number.get(id) - 1];
    for (const other of list.querySelectorAll(".pointed")) other.classList.remove("pointed");
    item.classList.add("pointed");
    item.scrollIntoView({ block: "center", behavior: "auto" });
    item.focus({ preventScroll: true });
  }

  // Buttons [1][2] for some sentences.
  function cite(wanted) {
    const buttons = wanted.slice(0, CITED_AT_ONCE).map((id) =>
      element("button", { class: "cite", "aria-label": words("sentence", { number: number.get(id) }), onclick: () => show(id) }, String(number.get(id))));
    return element("span", { class: "cites" }, ...buttons, wanted.length > CITED_AT_ONCE ? "…" : null);
  }

  grow(AT_ONCE);
  return { cite, list, more, count: ordered.length };
}

function sentenceItem(sentence, number, marks) {
  const others = sentence.read_with.map((id) => element("p", { class: "other" }, marked(sentences[id].text, marks)));
  return element("li", { class: "sentence", value: number, tabindex: "-1" },
    element("p", { class: "place" }, linkTo(things[sentence.document]), element("span", { class: `section ${sentence.section}` }, sectionName(sentence)),
      sentence.heading ? element("span", { class: "heading" }, sentence.heading) : null),
    element("p", { class: "said" }, marked(sentence.text, marks)),
    others.length ? element("div", { class: "with" }, element("p", { class: "place" }, words("readWith")), ...others) : null);
}

function sectionName(sentence) {
  return WORDS[language][sentence.section] ?? sentence.section;
}

// A thing's name as a button that goes there.
function linkTo(thing) {
  return element("button", { class: "link", onclick: () => goTo(thing.id) }, icon(kindOf(thing)), thing.name);
}
