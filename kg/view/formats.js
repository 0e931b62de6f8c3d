// How numbers and dates are written.
const BOUNDS = { "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ " };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const POWERS = [[8, "亿"], [4, "万"]];
const NUMERALS = ["", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];

// 14000.5 -> 14,000.5; in Chinese 110000000 -> 1.1亿, where that is exact in two decimals.  By the digits alone: a decimal
// is no floating-point number.
function readable(value) {
  const sign = value.startsWith("-") ? "−" : "";
  const [whole, fraction = ""] = value.replace(/^[-+]/, "").split(".");
  if (language === "zh") for (const [zeros, word] of POWERS) {
    const short = shortened(whole, fraction, zeros);
    if (short !== null) return sign + grouped(...short) + word;
  }
  return sign + grouped(whole, fraction);
}

// The digits before and behind the point when a number is divided by a power of ten, or null if they are too many.
function shortened(whole, fraction, zeros) {
  const rest = (whole.slice(-zeros) + fraction).replace(/0+$/, "");
  return whole.length > zeros && rest.length <= 2 ? [whole.slice(0, -zeros), rest] : null;
}

function grouped(whole, fraction) {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
}

// A figure's value with its bound and unit: ≥ 1.2万家.
function amount({ comparator, value, unit }) {
  return `${BOUNDS[comparator] ?? comparator}${readable(value)}${language === "zh" || unit === "%" ? "" : " "}${unit}`;
}

// The ways in which letters print a figure's number, to mark it in its sentence.
function printedForms({ value, unit }) {
  const [whole, fraction = ""] = value.split(".");
  const plain = fraction.replace(/0+$/, "");
  const numbers = [whole + (plain ? `.${plain}` : ""), grouped(whole, plain), NUMERALS[Number(value)] ?? ""];
  for (const [zeros, word] of POWERS) {
    const rest = (whole.slice(-zeros) + plain).replace(/0+$/, "");
    if (whole.length > zeros) numbers.push(whole.slice(0, -zeros) + (rest ? `.${rest}` : "") + word);
  }
  return numbers.filter(Boolean).flatMap((number) => ["", "余", "多", "个", "多个", "余个"].map((filler) => number + filler + unit));
}

// 2023-06-29 -> 2023年6月29日, 29 Jun 2023; also a year and month, or a year.
function day(date) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date);
  if (!found) return date;
  const [year, month, day_] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  if (language === "zh") return [year, "年", ...(month ? [month, "月"] : []), ...(day_ ? [day_, "日"] : [])].join("");
  return [day_, month ? MONTHS[month - 1] : null, year].filter(Boolean).join(" ");
}

// When a figure was reached: its own period, else the year of its letter.
function periodOf(figure) {
  if (figure.period) return figure.period.replace("/", "–");
  return figure.asOf ? words("asOf", { year: String(figure.asOf) }) : "";
}

// The year at which a figure stands in a chart: the end of its period, else the year of its letter; null for none.
function yearOf(figure) {
  const year = Number.parseInt(figure.period ? figure.period.split("/").at(-1) : figure.asOf, 10);
  return Number.isNaN(year) ? null : year;
}
