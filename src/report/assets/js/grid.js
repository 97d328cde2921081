// A table whose headings sort it; rows beyond the first hundred come when they are asked for.

const ROWS = 100;

/// `columns`: `{ name, text, numeric, long, head, sort(row), cell(row) }`; `order`: `{ name, down }`, which sorting changes.
function grid({ id, caption, columns, rows, order, rowAttributes, sorted }) {
  const column = columns.find(({ name }) => name === order.name);
  const list = column ? inOrder(rows, column, order.down) : rows;
  const head = columns.map(({ name, text, numeric }) => {
    const here = name === order.name;
    return el("th", {
      role: "columnheader", scope: "col", class: numeric ? "number" : null,
      "aria-sort": here ? (order.down ? "descending" : "ascending") : "none",
    }, el("button", {
      type: "button", "data-sort": name,
      onclick: () => {
        order.down = here ? !order.down : false;
        order.name = name;
        sorted();
        document.querySelector(`#${id} button[data-sort="${name}"]`)?.focus();
      },
    }, text, el("span", { class: "arrow", "aria-hidden": "true" }, here ? (order.down ? "▼" : "▲") : "")));
  });
  const body = el("tbody", { role: "rowgroup" });
  const more = el("button", { type: "button", class: "more", onclick: () => add(ROWS) });
  let filled = 0;
  const add = (count) => {
    const some = list.slice(filled, filled + count);
    filled += some.length;
    body.append(...some.map((row) => el("tr", { role: "row", ...rowAttributes?.(row) },
      columns.map((column) => cellIn(column, column.cell(row))))));
    more.textContent = t("more_rows", list.length - filled);
    more.hidden = filled === list.length;
  };
  add(ROWS);
  addEventListener("beforeprint", () => body.isConnected && add(list.length));
  const scroll = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", { role: "table", id },
      el("caption", { class: "visually-hidden" }, caption),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)), body));
  return el("div", { class: "grid" }, scroll, more);
}

function cellIn({ text, numeric, long, head }, content) {
  const isVoid = content === "" || content === null;
  return el(head ? "th" : "td", {
    role: head ? "rowheader" : "cell", scope: head ? "row" : null, "data-label": text,
    class: joined([numeric && "number", long && "long", isVoid && "void"].filter(Boolean)).join(" ") || null,
  }, isVoid ? null : el("div", {}, content));
}

/// Sorted by a column: what is empty last, whichever way; what is the same as it stood.
function inOrder(rows, { sort }, down) {
  const collator = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true });
  const keyed = rows.map((row) => [sort(row), row]);
  const empty = (key) => key === null || key === undefined || key === "";
  keyed.sort(([a], [b]) => {
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    const less = typeof a === "number" ? a - b : collator.compare(a, b);
    return down ? -less : less;
  });
  return keyed.map(([, row]) => row);
}
