// Figures and standings in the panel: tables, with a chart where there is something to compare.
function isIncentive(figure) {
  return figure.kind === "Incentive";
}

function passesFigure(figure) {
  return passesSentence(figure.sentence);
}

function figuresPart(thing, counted, proof) {
  if (!counted.length) return null;
  return part("figures", counted.length, seriesCharts(counted), figureTable(thing, counted, proof));
}

// Who gets how much: bars by group, then the table.  Of the whole there is no proof at hand: its rows quote by themselves.
function incentivesPart(thing, given, proof) {
  if (!given.length) return null;
  const quoting = proof ?? evidence(given.map((figure) => figure.sentence), []);
  return part(thing ? "incentives" : "incentivesAll", given.length, barCharts(given), figureTable(thing, given, quoting));
}

function figureTable(thing, counted, proof) {
  const own = thing !== null && isDocument(thing.id); // a letter's own figures stand in it
  const columns = ["indicator", "value", "period", ...(own ? [] : ["letter"]), "source"];
  const head = columns.map((key) => element("th", { scope: "col", role: "columnheader", class: `head-${key}` }, key === "source" ? unseen(words(key)) : words(key)));
  const wide = !own || counted.some(isWide) ? " wide" : "";
  return element("table", { class: `figures${wide}`, role: "table" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)), element("tbody", { role: "rowgroup" },
    some(counted, (figure) => figureRow(thing, figure, proof, own), (more) => element("tr", { role: "row" }, element("td", { role: "cell", colspan: columns.length }, more)))));
}

// Is there too much in a row for a narrow table?  Such a table has letters and times in a second line where there is no room
// for all columns (style_panel.css); its roles are written out, for browsers lose them with a row's layout.
function isWide(figure) {
  return textWidth(amount(figure), 13) > 110;
}

function figureRow(thing, figure, proof, own) {
  const others = [...new Set([figure.beneficiary, figure.about, figure.scope])].filter((id) => id >= 0 && id !== thing?.id);
  const marks = [...printedForms(figure), ...others.flatMap((id) => namesOf(things[id]))];
  const letter = things[documentOf(figure.sentence)];
  const cell = (name, ...children) => element("td", { class: name, role: "cell" }, children);
  return element("tr", { "data-series": figure.series ?? -1, role: "row" },
    cell("indicator", element("span", {}, figure.indicator), kindTag(figure), others.map((id) => element("p", { class: "of" }, linkTo(things[id])))),
    cell("quantity", amount(figure)),
    cell("period", periodOf(figure)),
    own ? null : cell("letter", letterLink(letter)),
    cell("source", proof.cite([figure.sentence], marks)));
}

// A letter's number as a link, which breaks before its year if at all; a document without one breaks where it must.
function letterLink(letter) {
  const follow = () => goTo(letter.id);
  if (!letter.name.includes("〔")) return element("button", { class: "link", onclick: follow }, letter.name, apartMark(letter));
  const parts = letter.name.split(/(?=〔)/u).map((part_) => element("span", { class: "whole" }, part_));
  return element("button", { class: "link", onclick: follow }, parts.flatMap((part_) => [part_, element("wbr")]));
}

// Words for screen readers where the place says it to the eye.
function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

// What a figure is, said where it is no result: most are.
function kindTag(figure) {
  const kind = figureKinds.get(figure.kind);
  if (!kind || figure.kind === "Result" || isIncentive(figure)) return null;
  return element("span", { class: "tag" }, label(kind));
}

// Statuses by letter and year: a row for each letter, the oldest first.
function standingTable(reached, proof) {
  const rows = new Map();
  for (const standing of reached) {
    for (const id of passingSentences(standing.sentences)) {
      const key = documentOf(id);
      if (!rows.has(key)) rows.set(key, new Map());
      const row = rows.get(key);
      row.set(standing.status, [...(row.get(standing.status) ?? []), id]);
    }
  }
  const order = [...rows.keys()].sort(byNumber);
  const head = ["year", "letter", "status"].map((key) => element("th", { scope: "col" }, words(key)));
  return element("table", { class: "standings" }, element("thead", {}, element("tr", {}, head)), element("tbody", {},
    some(order, (id) => standingRow(id, rows.get(id), proof), (more) => element("tr", {}, element("td", { colspan: head.length }, more)))));
}

function standingRow(id, row, proof) {
  const found = STATUSES.filter((status) => row.has(status));
  return element("tr", {},
    element("td", { class: "year" }, String(letterOf(id).year ?? "")),
    element("td", { class: "letter" }, letterLink(things[id])),
    element("td", { class: "status" }, found.map((status) => element("p", {}, element("span", { class: `standing ${status}` }, words(status)), proof.cite(row.get(status))))));
}
