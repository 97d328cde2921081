// The text of a document: every record marked where it stands, every unread number in grey.

/// A text in pieces: `{ start, end, one }`, where `one` is the innermost record or number there, if any.
function pieces(doc) {
  const numbers = [...doc.records, ...doc.unread];
  const ends = [...new Set([0, doc.text.length, ...numbers.flatMap((one) => [one.start, one.end])])].sort((a, b) => a - b);
  const opening = [...numbers].sort((a, b) => a.start - b.start || b.end - a.end);
  const list = [];
  let open = [];
  let next = 0;
  for (let at = 0; at + 1 < ends.length; at += 1) {
    const [start, end] = [ends[at], ends[at + 1]];
    while (next < opening.length && opening[next].start <= start) open.push(opening[next++]);
    open = open.filter((one) => one.end > start);
    list.push({ start, end, one: open.at(-1) ?? null });
  }
  return list;
}

/// The same, line by line.
function linesOf(doc) {
  const lines = [[]];
  for (const { start, end, one } of pieces(doc)) {
    doc.text.slice(start, end).split(/\r\n|\r|\n/).forEach((text, at) => {
      if (at > 0) lines.push([]);
      if (text !== "") lines.at(-1).push({ text, one });
    });
  }
  return lines;
}

/// How a record is marked: a link that opens its card.
function mark(one, text, first) {
  const name = one.isRecord ? `${text}, ${nameText(one)}` : `${text}, ${t("not_read")}: ${label("reason", one.code)}`;
  return el("a", {
    class: one.isRecord ? `record category-${one.category} status-${one.status}${one.flagList.length ? " flagged" : ""}` : "unread",
    href: linkToNumber(one, "text"),
    "data-key": one.key,
    id: first ? `n${one.key}` : null,
    // The keys N and P go from one unread number to the next; a tabulator goes through the records.
    tabindex: first && one.isRecord ? null : -1,
    title: name,
    "aria-label": name,
  }, text);
}

function textView() {
  const doc = DOCUMENTS[place.doc];
  const { summary } = doc;
  const begun = new Set();
  let blank = true;
  const lines = linesOf(doc).map((line, at) => {
    const isBlank = line.every(({ text }) => text.trim() === "");
    const gap = isBlank && !blank;
    blank = isBlank;
    if (isBlank) return gap ? el("div", { class: "gap" }) : null;
    return el("p", { class: "line", id: `line-${at + 1}`, "data-line": at + 1, dir: "auto" }, line.map(({ text, one }) => {
      if (!one) return text;
      const first = !begun.has(one.key);
      begun.add(one.key);
      return mark(one, text, first);
    }));
  });
  const pick = DOCUMENTS.length > 1 && el("div", { class: "pick" },
    el("label", { class: "field" }, el("span", {}, t("document")),
      el("select", { id: "text-doc", onchange: (event) => { location.hash = linkTo("text", event.target.value); } },
        DOCUMENTS.map((other) => el("option", { value: other.index, selected: other === doc }, titleOf(other.summary))))),
    el("button", { type: "button", class: "plain", disabled: doc.index === 0, onclick: () => { location.hash = linkTo("text", doc.index - 1); } }, t("previous_document")),
    el("button", { type: "button", class: "plain", disabled: doc.index + 1 === DOCUMENTS.length, onclick: () => { location.hash = linkTo("text", doc.index + 1); } }, t("next_document")));
  return [
    pick,
    el("article", { class: "document" },
      el("header", {},
        el("h2", { lang: "zh-CN", dir: "auto" }, titleOf(summary)),
        el("p", { class: "about" }, joined([summary.publisher, summary.published, summary.source]).map((text) => el("span", {}, bidi(text)))),
        el("div", { class: "about-flags" },
          claimCounts(summary.checks).filter(([, count]) => count > 0).map(([verdict, count]) => verdictChip(verdict, count)),
          summary.flags.length > 0 && flagChips(summary.flags)),
        legend(summary)),
      el("div", { class: "text", lang: "zh-CN", id: "text" }, lines)),
  ];
}

/// What the marks mean.
function legend(summary) {
  const sample = (name, text) => el("li", {}, el("span", { class: name }, text));
  return el("details", { class: "legend" }, el("summary", {}, t("legend")),
    el("ul", {},
      summary.categories.map(([code]) => sample(`record category-${code}`, label("category", code))),
      sample("record status-target", label("status", "target")),
      sample("record status-standard", label("status", "standard")),
      sample("record flagged", t("flagged")),
      sample("unread", t("unread_number"))),
    el("p", {}, t("keys")),
    el("label", { class: "tick" },
      el("input", { type: "checkbox", id: "keys", checked: keysOn, onchange: (event) => { keysOn = event.target.checked; } }),
      el("span", {}, t("keys_on"))));
}

let keysOn = true;

/// Shows which records pass.
function showMarks() {
  const passing = new Set(chosen(DOCUMENTS[place.doc].records).map((one) => one.key));
  for (const node of byId("text").querySelectorAll("a.record")) {
    node.classList.toggle("dim", !passing.has(Number(node.dataset.key)));
  }
}

/// Shows which number is open; a long document has a hundred thousand of them.
function showOpen() {
  const text = byId("text");
  for (const node of text.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  if (place.start === null) return;
  for (const node of text.querySelectorAll(`[data-key="${place.start}"]`)) node.setAttribute("aria-current", "true");
}

function scrollToNumber() {
  const node = place.start === null ? null : byId(`n${place.start}`);
  if (!node) return;
  const narrow = matchMedia("(max-width: 60rem)").matches;
  // Where the card covers the lower part of the screen, the number must stand above it.
  const top = node.getBoundingClientRect().top + scrollY - innerHeight * (narrow ? 0.2 : 0.4);
  scrollTo({ top, behavior: "instant" });
}
