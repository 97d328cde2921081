// Elements out of names, attributes and children. Text becomes text nodes: nothing of a document is ever markup.

const SVG = "http://www.w3.org/2000/svg";

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  const there = (child) => child !== null && child !== undefined && child !== false;
  node.append(...children.flat(Infinity).filter(there));
  return node;
}

const el = (name, attributes, ...children) =>
  build(document.createElement(name), attributes, children);

const svg = (name, attributes, ...children) =>
  build(document.createElementNS(SVG, name), attributes, children);

const byId = (id) => document.getElementById(id);

/// Names and values as a list of terms.
const terms = (pairs, attributes) =>
  el("dl", attributes, pairs.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));

/// Calls at most once a frame, however often it is asked.
function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/// Draws into a node as wide as it is, and again whenever that changes.
function drawn(node, draw) {
  let wide = 0;
  const again = oncePerFrame(() => {
    const now = Math.floor(node.clientWidth);
    if (now === 0 || now === wide) return;
    wide = now;
    node.replaceChildren(draw(now));
  });
  new ResizeObserver(again).observe(node);
  return node;
}
