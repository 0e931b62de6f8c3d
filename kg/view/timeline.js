// The timeline: policies with the time in which they are valid, on one axis of years.
const AXIS = { narrow: 280, wide: 640, row: 14 };
// Which relations tell a time: the day or month where that is known, else the year.
const FROM = ["inForceFrom", "validFrom"];
const UNTIL = ["inForceUntil", "validUntil"];

function showTimeline() {
  turnTo(timelinePage, "timeline");
}

function timelinePage() {
  const all = passing(datedPolicies(), ({ thing, facts: said }) => passesThing(thing.id) && (!said.length || said.some(passesFact)));
  const [dated, undated] = [all.filter(({ start }) => start !== null), all.filter(({ start }) => start === null)];
  if (!all.length) return [title(words("timeline")), element("p", {}, words("noPolicies"))];
  const proof = evidence(passingSentences(dated.flatMap(({ facts: said }) => said.flatMap((fact) => fact.sentences))), []);
  dated.sort((one, other) => one.start - other.start || one.stop - other.stop || one.thing.id - other.thing.id);
  return [title(words("timeline")), dated.length ? timelineRows(dated, proof) : null,
    undated.length ? part("undated", undated.length, element("ul", { class: "undated" }, some(undated, ({ thing }) => element("li", {}, linkTo(thing)), (more) => element("li", {}, more)))) : null];
}

// Policies, and whatever else says how long it is valid, with what is known of their time in years.
function datedPolicies() {
  const found = new Map(things.filter((thing) => kindOf(thing).name === "Policy").map((thing) => [thing.id, { thing, facts: [] }]));
  for (const fact of facts) {
    const name = data.relations[fact.relation].name;
    if (FROM.includes(name) || UNTIL.includes(name)) { if (!found.has(fact.subject)) found.set(fact.subject, { thing: things[fact.subject], facts: [] }); }
    else if (!["issued", "repealed", "documentNumber"].includes(name)) continue;
    found.get(fact.subject)?.facts.push(fact);
  }
  return [...found.values()].map(withTimes);
}

function withTimes({ thing, facts: said }) {
  const date = (...names) => names.map((name) => said.find((fact) => data.relations[fact.relation].name === name)?.object).find(Boolean) ?? null;
  const [from, until, issued, repealed] = [date(...FROM), date(...UNTIL), date("issued"), date("repealed")];
  const times = [from && yearAt(from, 0), until && yearAt(until, 1), issued && yearAt(issued, 0.5), repealed && yearAt(repealed, 0)].filter((time) => time !== null && !Number.isNaN(time));
  const numbered = times.length ? null : numberedYears().get(thing.id) ?? null; // nothing else is known of its time
  if (numbered !== null) times.push(numbered + 0.5);
  return { thing, facts: said, from, until, issued, repealed, numbered, start: times.length ? Math.min(...times) : null, stop: times.length ? Math.max(...times) : null };
}

const numberedYears = lazily(() => new Map(data.numbered));

// A date as a number of years: the start (0), middle (0.5) or end (1) of the day, month or year that is stated.
function yearAt(date, part_) {
  const [year, month, day_] = date.split("-").map(Number);
  if (!month) return year + part_;
  if (!day_) return year + (month - 1 + part_) / 12;
  return year + (month - 1 + (day_ - 1 + part_) / 31) / 12;
}

function timelineRows(dated, proof) {
  const from = Math.floor(Math.min(...dated.map(({ start }) => start)));
  const until = Math.max(from + 1, Math.ceil(Math.max(...dated.map(({ stop }) => stop))));
  const width = Math.min(AXIS.wide, Math.max(AXIS.narrow, panel.clientWidth - 40)); // so that its texts have their own size
  const scale = (time) => ((time - from) / (until - from)) * width;
  return element("section", { class: "part" }, element("p", { class: "help" }, words("timelineHelp")), timeAxis(from, until, scale),
    element("ol", { class: "timeline" }, some(dated, (policy) => timelineRow(policy, scale, from, until, proof), (more) => element("li", {}, more))));
}

function yearsBetween(from, until) {
  const step = Math.ceil((until - from) / 8);
  return Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, i) => from + i * step);
}

function timeAxis(from, until, scale) {
  const anchor = (year) => (year === from ? "start" : year === until ? "end" : "middle");
  return svg("svg", { class: "axis-years", viewBox: `0 0 ${scale(until)} 16`, role: "img", "aria-label": words("axis", { from: String(from), until: String(until) }) },
    yearsBetween(from, until).map((year) => svg("text", { class: "tick", x: scale(year), y: 12, "text-anchor": anchor(year) }, String(year))));
}

function timelineRow(policy, scale, from, until, proof) {
  return element("li", {}, element("div", {}, linkTo(policy.thing)), element("p", { class: "when" }, timesSaid(policy), proof.cite(policy.facts.flatMap((fact) => fact.sentences), namesOf(policy.thing))),
    timeBar(policy, scale, from, until));
}

// 有效期 2022年 至 2024年，2021年印发
function timesSaid({ from, until, issued, repealed, numbered }) {
  const valid = from && until ? words("valid", { from: day(from), until: day(until) }) : from ? words("validSince", { from: day(from) }) : until ? words("validTo", { until: day(until) }) : null;
  return [valid, issued ? words("issuedAt", { date: day(issued) }) : null, repealed ? words("repealedAt", { date: day(repealed) }) : null, numbered ? words("yearOfNumber", { year: String(numbered) }) : null].filter(Boolean).join(words("comma"));
}

// The bar of a policy, up to its repeal; without a start or an end it runs, thin, to the edge of the axis.  Its text stands above.
function timeBar({ from, until, issued, repealed, numbered }, scale, first, last) {
  const middle = AXIS.row / 2;
  const end = Math.min(until ? yearAt(until, 1) : last, repealed ? yearAt(repealed, 0) : last);
  const [start, stop] = [scale(from ? yearAt(from, 0) : first), scale(end)];
  return svg("svg", { class: "bar-years", viewBox: `0 0 ${scale(last)} ${AXIS.row}`, "aria-hidden": "true" },
    yearsBetween(first, last).map((year) => svg("line", { class: "grid", x1: scale(year), x2: scale(year), y1: 0, y2: AXIS.row })),
    from || until || repealed ? svg("rect", { class: from && (until || repealed) ? "valid" : "valid open", x: start, y: middle - 4, width: Math.max(3, stop - start), height: 8, rx: 3 }) : null,
    issued || numbered ? svg("circle", { class: issued ? "issued" : "issued numbered", cx: Math.min(scale(last) - 4, Math.max(4, scale(issued ? yearAt(issued, 0.5) : numbered + 0.5))), cy: middle, r: 4 }) : null);
}
