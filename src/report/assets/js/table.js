// The records as a table that can be sorted, the same as in every other format.

const READING = ["line", "region", "period", "level", "indicator", "value", "unit", "status", "mention", "subject", "flags"];
let allColumns = false;

/// What a record is sorted by in a column: a number, or what stands there.
function sortKey(one, { name, kind }) {
  if (kind === "decimal") return one[name] === null ? null : Number(one[name]);
  if (kind === "integer") return one[name];
  const value = one.field(name);
  if (kind !== "code" || value === null) return value === null ? null : shown(name, kind, value);
  // A vocabulary has an order of its own: 学前, 小学, 初中 …
  const known = Object.keys(COMMON.labels[name] ?? {});
  return known.indexOf(value);
}

function tableView() {
  const rows = chosen(RECORDS);
  const reading = [...READING, ...(DOCUMENTS.length > 1 ? ["source"] : [])].map((name) => FIELDS.find((field) => field.name === name));
  const fields = allColumns ? FIELDS : reading;
  const columns = fields.map((field) => ({
    name: field.name,
    text: heading(field.name),
    numeric: field.kind === "decimal" || field.kind === "integer",
    long: ["subject", "sentence", "title"].includes(field.name),
    sort: (one) => sortKey(one, field),
    cell: (one) => cellOf(one, field),
  }));
  return [
    el("div", { class: "view-head" }, el("h2", {}, t("table")),
      el("label", { class: "tick" },
        el("input", { type: "checkbox", id: "all-columns", checked: allColumns, onchange: (event) => { allColumns = event.target.checked; showView(); byId("all-columns").focus(); } }),
        el("span", {}, t("all_fields", FIELDS.length))),
      el("button", { type: "button", class: "plain", id: "save-csv", onclick: () => save("records.csv", "text/csv", csv(rows)) }, t("save", "CSV")),
      el("button", { type: "button", class: "plain", id: "save-jsonl", onclick: () => save("records.jsonl", "application/jsonl", jsonl(rows)) }, t("save", "JSON Lines"))),
    rows.length === 0 ? el("p", { class: "none" }, t("no_records")) : grid({
      id: "records", caption: t("table"), columns, rows, order: order.table, sorted: () => showView(),
      rowAttributes: (one) => ({
        "data-doc": one.doc.index, "data-key": one.key, "aria-current": one === currentNumber() ? "true" : null,
        onclick: (event) => { if (!event.target.closest("a, button, summary") && !getSelection().toString()) go(one); },
      }),
    }),
  ];
}

function cellOf(one, { name, kind }) {
  const value = one.field(name);
  if (name === "value") return el("a", { href: linkToNumber(one) }, value === null ? t("hidden_digits") : digits(value));
  if (value === null) return "";
  if (name === "source" && !allColumns) return el("bdi", { class: "clip", title: value }, titleOf(one.doc.summary));
  if (name === "flags") return one.flagList.length === 0 ? "" : flagChips(one.flagList.map((flag) => [flag, 1]));
  if (name === "indicator") return [el("span", { class: `dot fill-${one.category}`, "aria-hidden": "true" }), shown(name, kind, value)];
  if (kind === "decimal") return digits(value);
  if (name === "period" && language !== "codes") return bidi(periodText(value, one.period_kind));
  return bidi(shown(name, kind, value));
}
