// The documents with their counts and flags: where a reader begins.

const sum = (pairs) => pairs.reduce((total, [, count]) => total + count, 0);

function verdictChip(verdict, count) {
  return el("span", { class: `verdict verdict-${verdict.replace(" ", "-")}` },
    verdictText(verdict), count === undefined ? null : [" ", el("b", {}, count)]);
}

const verdictText = (verdict) =>
  label(verdict === "holds" || verdict === "cannot tell" ? "verdict" : "severity", verdict);

/// How many claims of each verdict, in the order of VERDICTS.
const claimCounts = ([holds, error, warning, open]) => [["error", error], ["warning", warning], ["cannot tell", open], ["holds", holds]];

function flagChips(pairs) {
  if (pairs.length === 0) return el("span", { class: "none" }, t("no_flags"));
  return el("ul", { class: "flags" }, pairs.map(([flag, count]) =>
    el("li", {}, el("span", { class: "flag" }, label("flags", flag)), count > 1 ? ` × ${count}` : null)));
}

/// The categories of a document as a bar of their shares.
function categoryBar(pairs) {
  const all = sum(pairs);
  if (all === 0) return null;
  let from = 0;
  const parts = pairs.map(([code, count]) => {
    const wide = (count / all) * 200;
    const part = svg("rect", { x: from, y: 0, width: Math.max(wide - 1, 0.5), height: 8, class: `fill-${code}` });
    from += wide;
    return part;
  });
  const text = pairs.map(([code, count]) => `${label("category", code)} ${count}`).join(", ");
  return svg("svg", { class: "category-bar", viewBox: "0 0 200 8", preserveAspectRatio: "none", role: "img", "aria-label": text },
    svg("title", {}, text), parts);
}

const order = { documents: { name: "", down: false }, table: { name: "", down: false }, audit: { name: "", down: false } };

function figures() {
  const total = (of) => SUMMARIES.reduce((count, summary) => count + of(summary), 0);
  const checks = [0, 1, 2, 3].map((at) => total((summary) => summary.checks[at]));
  for (const claim of BETWEEN) checks[["holds", "error", "warning", "cannot tell"].indexOf(verdictOf(claim))] += 1;
  const figure = (name, value, note) => el("div", { class: "figure" }, el("dt", {}, name), el("dd", {}, el("b", {}, value), note ? [" ", note] : null));
  return el("dl", { class: "figures" },
    figure(t("documents"), digits(String(SUMMARIES.length))),
    figure(t("records"), digits(String(total((summary) => summary.records)))),
    figure(t("unread_numbers"), digits(String(total((summary) => sum(summary.unread))))),
    figure(t("flagged"), digits(String(total((summary) => sum(summary.flags))))),
    el("div", { class: "figure wide" }, el("dt", {}, t("claims_checked")),
      el("dd", { class: "verdicts" }, claimCounts(checks).map(([verdict, count]) => verdictChip(verdict, count)))));
}

function documentsView() {
  const whereTo = (summary, index) => (summary.page ? encodeURIComponent(summary.page) : linkTo("text", index));
  const indexOf = new Map(SUMMARIES.map((summary, index) => [summary, index]));
  const columns = [
    {
      name: "title", text: t("document"), head: true,
      sort: (one) => titleOf(one),
      cell: (one) => [
        el("a", { class: "title", href: whereTo(one, indexOf.get(one)), lang: "zh-CN", dir: "auto" }, titleOf(one)),
        el("span", { class: "source", dir: "auto" }, one.source),
        one.replaced > 0 ? el("span", { class: "note" }, t("damaged", one.replaced, one.encoding)) : null,
      ],
    },
    { name: "publisher", text: heading("publisher"), sort: (one) => one.publisher, cell: (one) => bidi(one.publisher ?? t("not_stated")) },
    { name: "region", text: heading("region"), sort: (one) => one.region, cell: (one) => bidi(one.region ?? t("not_stated")) },
    { name: "published", text: heading("published"), sort: (one) => one.published, cell: (one) => [el("span", { class: "date" }, one.published ?? t("not_stated")), one.published && !one.dated ? ` (${t("assumed")})` : null] },
    { name: "records", text: t("records"), numeric: true, sort: (one) => one.records, cell: (one) => [el("b", {}, one.records), categoryBar(one.categories)] },
    { name: "unread", text: t("unread_numbers"), numeric: true, sort: (one) => sum(one.unread), cell: (one) => reasonList(one.unread) },
    { name: "checks", text: t("checks"), sort: (one) => one.checks[1] * 1e6 + one.checks[2] * 1e3 + one.checks[3], cell: (one) => el("span", { class: "verdicts" }, claimCounts(one.checks).filter(([, count]) => count > 0).map(([verdict, count]) => verdictChip(verdict, count))) },
    { name: "flags", text: heading("flags"), sort: (one) => sum(one.flags), cell: (one) => flagChips(one.flags) },
  ];
  const words = wordsOf(documentWords);
  const rows = SUMMARIES.filter((one) => words.every((word) => plain(joined([one.title, one.source, one.publisher, one.region, one.published]).join("\n")).includes(word)));
  const search = SUMMARIES.length > 8 && el("label", { class: "field words" }, el("span", {}, t("find_document")),
    el("input", { type: "search", id: "documents-words", value: documentWords, oninput: (event) => {
      documentWords = event.target.value;
      showView();
      const field = byId("documents-words");
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } }));
  return [
    el("h2", {}, t("documents")),
    figures(),
    search,
    grid({ id: "documents-table", caption: t("documents"), columns, rows, order: order.documents, sorted: () => showView() }),
  ];
}

let documentWords = "";

/// Text from outside within a line: what turns the direction of writing turns itself alone.
const bidi = (text) => el("bdi", {}, text);

/// How many numbers were not read, and why.
function reasonList(pairs) {
  const all = sum(pairs);
  if (all === 0) return "0";
  return el("details", { class: "reasons" }, el("summary", {}, all),
    el("dl", {}, pairs.map(([code, count]) => el("div", {}, el("dt", {}, label("reason", code)), el("dd", {}, count)))));
}
