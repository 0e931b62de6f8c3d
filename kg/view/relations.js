// How relations are called.  Some of the ontology's labels are frames around the other end, as 由……发布: in a list the plain
// word of the opposite direction names them (发布), and the frame is put around what stands in it.
const BLANK = "……";

// A relation's label as seen from its subject, or from its object.
function labelFrom(relation, inverse) {
  if (!inverse) return label(relation);
  return relation.inverse[language] || relation.inverse.zh || `← ${label(relation)}`;
}

// Its name without a frame.
function plainLabel(relation, inverse = false) {
  const own = labelFrom(relation, inverse);
  if (!own.includes(BLANK)) return own;
  const other = labelFrom(relation, !inverse);
  return other.includes(BLANK) || other.startsWith("←") ? own.replace(BLANK, "") : other;
}

// What stands at the other end of a relation, with the frame's words around it where the label is one.
function framed(relation, inverse, end) {
  const own = labelFrom(relation, inverse);
  if (!own.includes(BLANK)) return [end];
  const [before, after] = own.split(BLANK).map((part_) => (part_ ? element("span", { class: "frame" }, part_) : null));
  return [before, end, after];
}
