// Facts as Turtle (RDF 1.1): things with kind and names, then what is said of them.
const LANGUAGE = "zh"; // of names and of literals that have one
const TURTLE_NAME = /^[A-Za-z][\w-]*:[A-Za-z_][\w-]*$/; // a prefixed name that needs no escapes

function turtleOf(said) {
  const subjects = new Map();
  const about = (id) => subjects.get(id) ?? subjects.set(id, []).get(id);
  for (const fact of said) {
    about(fact.subject).push(fact);
    if (typeof fact.object === "number") about(fact.object);
  }
  const prefixes = Object.entries(data.namespaces).map(([prefix, iri]) => `@prefix ${prefix}: ${iriRef(iri)} .\n`);
  return `${prefixes.join("")}\n${[...subjects].map(([id, own]) => turtleThing(things[id], own)).join("\n")}`;
}

function turtleThing(thing, own) {
  const objects = new Map([["a", [`kg:${kindOf(thing).name}`]], ["skos:prefLabel", [named(thing.name)]]]);
  const add = (predicate, object) => (objects.get(predicate) ?? objects.set(predicate, []).get(predicate)).push(object);
  for (const name of thing.names) add("skos:altLabel", named(name));
  for (const fact of own) add(termOf(data.relations[fact.relation].iri), objectTerm(fact));
  return `${iriRef(iriOf(thing))} ${[...objects].map(([predicate, said]) => `${predicate} ${said.join(", ")}`).join(" ;\n    ")} .\n`;
}

function named(text) {
  return literal(text, "rdf:langString");
}

function objectTerm(fact) {
  return typeof fact.object === "number" ? iriRef(iriOf(things[fact.object])) : literal(fact.object, fact.datatype);
}

// A thing's whole IRI: its page has what comes after the base, or all of one that begins with something else.
function iriOf(thing) {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(thing.iri) ? thing.iri : data.base + thing.iri;
}

function termOf(name) {
  return TURTLE_NAME.test(name) ? name : iriRef(name);
}

// IRIREF of Turtle's grammar: what may not stand there as it is, is escaped.
function iriRef(iri) {
  return `<${iri.toWellFormed().replace(/[\u0000-\u0020<>"{}|^`\\]/g, escaped)}>`;
}

function literal(text, datatype = "") {
  const quoted = `"${text.toWellFormed().replace(/["\\\u0000-\u001f\u007f]/g, (sign) => ({ '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign] ?? escaped(sign))}"`;
  if (datatype === "rdf:langString") return `${quoted}@${LANGUAGE}`;
  return datatype ? `${quoted}^^${termOf(datatype)}` : quoted;
}

function escaped(sign) {
  return `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
