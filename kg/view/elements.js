// Making elements.  Texts become text nodes, never HTML; what is clicked or typed is listened to, never written as an attribute.
const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

// An element of a picture.
function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child != null));
  return made;
}

const OUTLINES = {
  square: "M2 2H14V14H2Z", box: "M1 4H15V12H1Z", diamond: "M8 1 15 8 8 15 1 8Z", triangle: "M8 2 15 14H1Z",
  triangleDown: "M8 14 1 2H15Z", hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z",
  star: "M8 0.8l2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12.1l-4.6 2.8 1.2-5.2-4-3.5 5.3-.5z",
};

// A small picture of a kind's shape and colour.  The kind is said in words beside it or known from the place.
function icon(kind) {
  const outline = OUTLINES[kind.shape] ? svg("path", { d: OUTLINES[kind.shape], fill: kind.colour }) : svg("circle", { cx: 8, cy: 8, r: 6.5, fill: kind.colour });
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false", class: "icon" }, outline);
}
