// Facts as a table that spreadsheets open: UTF-8 with a mark, CRLF, one row for each fact and sentence.
const MARK = "\ufeff"; // by it Excel knows UTF-8
const COLUMNS = ["subject", "subjectKind", "relation", "object", "objectKind", "letterNumber", "letterTitle", "date", "section", "sentenceText"];
// What spreadsheets may take for the beginning of a formula (OWASP, "CSV Injection").
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

function csvOf(said) {
  const rows = [COLUMNS.map((key) => words(key)), ...said.flatMap(csvRows)];
  return MARK + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}

function csvRows(fact) {
  const object = typeof fact.object === "number" ? things[fact.object] : null;
  const start = [things[fact.subject].name, label(kindOf(things[fact.subject])), label(data.relations[fact.relation]),
    object ? object.name : fact.object, object ? label(kindOf(object)) : ""];
  return passingSentences(fact.sentences).map((id) => {
    const { number, title: printed, date } = letterOf(documentOf(id));
    return [...start, number || things[documentOf(id)].name, printed, date, sectionName(sentences[id]), sentences[id].text];
  });
}

// A cell is text: an apostrophe before what would be a formula, quotation marks around what would end the cell.
function csvCell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
