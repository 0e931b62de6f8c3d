// Making elements.  Texts become text nodes, never HTML.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  square: "M2 2H14V14H2Z", box: "M1 4H15V12H1Z", diamond: "M8 1 15 8 8 15 1 8Z", triangle: "M8 2 15 14H1Z",
  triangleDown: "M8 14 1 2H15Z", hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
  star: "M8 0.8l2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12.1l-4.6 2.8 1.2-5.2-4-3.5 5.3-.5z",
};

// A small picture of a kind's shape and colour.
function icon(kind) {
  const picture = document.createElementNS(SVG, "svg");
  const outline = document.createElementNS(SVG, OUTLINES[kind.shape] ? "path" : "circle");
  const place = OUTLINES[kind.shape] ? { d: OUTLINES[kind.shape] } : { cx: 8, cy: 8, r: 6.5 };
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" })) picture.setAttribute(key, value);
  for (const [key, value] of Object.entries({ ...place, fill: kind.colour })) outline.setAttribute(key, value);
  picture.append(outline);
  return picture;
}
