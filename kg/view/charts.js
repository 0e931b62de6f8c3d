// Small charts: how a figure went over the years, who gets how much.  Pictures with their text as alternative.
const CHART = { width: 360, height: 150, left: 26, right: 34, top: 30, bottom: 24 };
const BARS = { width: 360, row: 40, most: 12 };

// A chart for each series with figures of several years or letters.
function seriesCharts(counted) {
  const groups = new Map();
  for (const figure of counted) {
    if (!(figure.series >= 0) || yearOf(figure) === null) continue;
    if (!groups.has(figure.series)) groups.set(figure.series, []);
    groups.get(figure.series).push(figure);
  }
  const several = (group) => new Set(group.map((figure) => `${yearOf(figure)} ${documentOf(figure.sentence)}`)).size > 1;
  return [...groups.values()].filter(several).map(pointsOf).filter((points) => points.length > 1).map(seriesChart);
}

// The points of a series by year, the results of a year before its targets; what several sentences say alike is one point.
function pointsOf(group) {
  const points = new Map();
  for (const figure of group) {
    const point = { figure, year: yearOf(figure), value: Number(figure.value) };
    const key = `${point.year} ${pointSaid(point)}`;
    if (!points.has(key)) points.set(key, point);
  }
  return [...points.values()].sort((one, other) => one.year - other.year || isTarget(one) - isTarget(other) || one.value - other.value);
}

function seriesChart(points) {
  const titled = seriesTitle((points.find((point) => !isTarget(point)) ?? points[0]).figure);
  const said = points.map((point) => `${point.year} ${pointSaid(point)}`).join(language === "zh" ? "；" : "; ");
  return element("figure", { class: "chart series" }, element("figcaption", {}, titled),
    svg("svg", { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img", "aria-label": words("chartSeries", { title: titled, points: said }) }, seriesPicture(points)));
}

// The pairs of points that a line joins: results from year to year, then what is to be reached after the last of them.  Of a
// year with several points of a sort none is joined: nobody knows which of them goes on.
function runsOf(points) {
  const lone = (wanted) => wanted.filter((point) => wanted.filter((other) => other.year === point.year).length === 1);
  const reached = lone(points.filter((point) => !isTarget(point)));
  const last = points.findLast((point) => !isTarget(point));
  const ahead = lone(points.filter((point) => isTarget(point) && (!last || point.year > last.year)));
  const way = [...reached, ...ahead];
  const between = (from, to) => points.some((point) => point.year > from.year && point.year < to.year && isTarget(point) === isTarget(to) && !way.includes(point));
  return way.slice(1).map((to, i) => [way[i], to]).filter(([from, to]) => !between(from, to) && (isTarget(from) || from === last || !isTarget(to)));
}

function isTarget({ figure }) {
  return figure.kind === "Target";
}

// ≥ 180家, or what is to be reached: 目标 ≥ 300家.
function pointSaid({ figure }) {
  return `${isTarget({ figure }) ? `${words("target")} ` : ""}${amount(figure)}`;
}

// What is counted, as letters call it, where, and how: 市级智慧农场 · 总量（家）.
function seriesTitle(figure) {
  const { indicator, about, scope } = figure;
  const more = [about, scope === about ? -1 : scope].map((id) => things[id]?.name).filter((name) => name && !indicator.includes(name));
  return [indicator, ...more, WORDS[language][figure.counting]].filter(Boolean).join(" · ") + (language === "zh" ? `（${figure.unit}）` : ` (${figure.unit})`);
}

// Years along, values up from nought (or from what is below it).
function seriesPicture(points) {
  const { width, height, left, right, top, bottom } = CHART;
  const [first, last] = [points[0].year, points.at(-1).year];
  const values = points.map((point) => point.value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = (year) => (first === last ? width / 2 : left + ((width - left - right) * (year - first)) / (last - first));
  const y = (value) => height - bottom - ((height - top - bottom) * (value - low)) / (high - low || 1);
  const placed_ = points.map((point) => ({ ...point, x: x(point.year), y: y(point.value) }));
  const years = [...new Set(points.map((point) => point.year))].filter((year, i, all) => all.length <= 8 || i % Math.ceil(all.length / 8) === 0);
  return [
    svg("line", { class: "axis", x1: 4, x2: width - 4, y1: y(0), y2: y(0) }),
    years.map((year) => svg("text", { class: "tick", x: x(year), y: height - 6, "text-anchor": "middle" }, String(year))),
    runsOf(placed_).map(([from, to]) => svg("line", { class: isTarget(to) ? "run ahead" : "run", x1: from.x, y1: from.y, x2: to.x, y2: to.y })),
    placed_.map((point) => svg("circle", { class: isTarget(point) ? "point target" : "point", cx: point.x, cy: point.y, r: 4 })),
    chartLabels(placed_),
  ];
}

// The values above their points, each where no earlier one stands.
function chartLabels(points) {
  const taken = [];
  return points.map(({ figure, x, y }) => {
    const text = pointSaid({ figure });
    const half = textWidth(text, 12) / 2;
    const at = Math.min(CHART.width - half - 2, Math.max(half + 2, x));
    const free = (line) => taken.every((other) => Math.abs(other.at - at) >= other.half + half + 4 || Math.abs(other.line - line) >= 13);
    const line = [y - 9, y + 18, y - 22, y + 31].find((spot) => spot > 11 && spot < CHART.height - 18 && free(spot)) ?? y - 9;
    taken.push({ at, half, line });
    return svg("text", { class: "amount", x: at, y: line, "text-anchor": "middle" }, text);
  });
}

// About how wide a text is, in pixels.
function textWidth(text, size) {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e80 ? 1 : 0.58), 0) * size;
}

// One chart for each unit with something to compare: bars, the longest first, by who benefits, else by what is given.
function barCharts(given) {
  const units = new Map();
  for (const figure of given) {
    if (!units.has(figure.unit)) units.set(figure.unit, []);
    units.get(figure.unit).push(figure);
  }
  return [...units.values()].filter((group) => group.length > 1).map(barChart);
}

function barName(figure) {
  return things[figure.beneficiary]?.name ?? things[figure.about]?.name ?? figure.indicator;
}

function barChart(group) {
  const bars = group.map((figure) => ({ name: barName(figure), said: amount(figure), value: Math.abs(Number(figure.value)), bound: figure.comparator }))
    .sort((one, other) => other.value - one.value).slice(0, BARS.most);
  const titled = words("incentives");
  const height = bars.length * BARS.row;
  const said = bars.map((bar) => `${bar.name} ${bar.said}`).join(language === "zh" ? "；" : "; ");
  return element("figure", { class: "chart bars" },
    svg("svg", { viewBox: `0 0 ${BARS.width} ${height}`, role: "img", "aria-label": words("chartBars", { title: titled, points: said }) },
      bars.map((bar, i) => barPicture(bar, i * BARS.row, bars[0].value))));
}

// Name and value above, the bar below; what is "at most" or "about" is only outlined.
function barPicture({ name, said, value, bound }, top, most) {
  const room = BARS.width - textWidth(said, 12.5) - 14;
  return svg("g", {},
    svg("text", { class: "name", x: 0, y: top + 15 }, cutTo(name, room, 12.5)),
    svg("text", { class: "amount", x: BARS.width, y: top + 15, "text-anchor": "end" }, said),
    svg("rect", { class: "ground", x: 0, y: top + 22, width: BARS.width, height: 9, rx: 2 }),
    svg("rect", { class: bound === "=" || bound === ">=" ? "bar" : "bar open", x: 0.5, y: top + 22.5, width: Math.max(3, (BARS.width - 1) * (value / (most || 1))), height: 8, rx: 2 }));
}

function cutTo(text, room, size) {
  const letters = [...text];
  while (letters.length > 1 && textWidth(letters.join(""), size) > room) letters.pop();
  return letters.length < [...text].length ? `${letters.slice(0, -1).join("")}…` : text;
}
