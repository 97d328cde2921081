// The card of a number: what it says, where that was found, what it belongs to, and whether the text agrees with it.

/// The sentence of a record, the number marked in it.
function quotation(one) {
  if (!one.span) return el("blockquote", { lang: "zh-CN", dir: "auto" }, one.sentenceText);
  const [start, end] = one.span;
  const within = (at) => Math.min(Math.max(at, start), end);
  const part = (from, to) => one.doc.text.slice(from, to);
  return el("blockquote", { lang: "zh-CN", dir: "auto" }, part(start, within(one.start)),
    el("mark", { class: `category-${one.category}` }, part(within(one.start), within(one.end))), part(within(one.end), end));
}

/// Words of the text with the line where they stand.
function wordsAt(words, one) {
  if (!words) return null;
  const { text, line } = one.doc.words(words);
  const here = line === null || line === (one.line ?? one.doc.lineAt(one.start));
  return [" ", el("q", { lang: "zh-CN", dir: "auto" }, text), here ? null : ` ${t("line", line)}`];
}

const recordLink = (one) =>
  el("a", { href: linkToNumber(one), class: "to-record", "data-key": one.key }, el("b", { lang: "zh-CN" }, one.mention), " ", nameText(one));

/// Parent and parts.
function family(one) {
  const parent = one.parentRecord;
  const rows = [];
  if (parent) rows.push([`${heading("parent")} (${label("relation", one.relation)})`, recordLink(parent)]);
  if (parent) {
    const others = parent.children.filter((other) => other !== one && other.relation === one.relation);
    if (others.length > 0) rows.push([t("siblings"), el("ul", {}, others.map((other) => el("li", {}, recordLink(other))))]);
  }
  for (const relation of ["part", "share", "change"]) {
    const children = one.children.filter((child) => child.relation === relation);
    if (children.length > 0) rows.push([t(`children_${relation}`), el("ul", {}, children.map((child) => el("li", {}, recordLink(child))))]);
  }
  return rows.length > 0 && el("section", { id: "card-family" }, el("h3", {}, t("family")), terms(rows));
}

/// All fields, each with where it was found.
function fieldTable(one) {
  const origins = one.why.origins ?? {};
  const own = { value: one.mention, bound: one.mention, unit: one.mention };
  const from = (name) => {
    const origin = name === "period_origin" ? null : origins[name === "region_code" ? "region" : name];
    if (origin && one[name] !== null) return [label("from", origin[0]), wordsAt(origin[1], one)];
    if (name === "indicator" && one.why.noun?.[1]) return [label("from", "own_words"), " ", el("q", { lang: "zh-CN" }, one.why.noun[1])];
    if (name in own && one[name] !== null) return [label("from", "own_words"), " ", el("q", { lang: "zh-CN" }, own[name])];
    if (name === "category" || name === "measure") return [heading("rule"), " ", label("rule", one.rule)];
    return null;
  };
  const rows = FIELDS.map(({ name, kind }) => {
    const value = one.field(name);
    const text = value === null ? el("span", { class: "none" }, t("empty")) : shown(name, kind, value);
    const code = kind === "code" && value !== null && language !== "codes" ? el("code", {}, value) : null;
    return el("tr", { class: value === null ? "absent" : null },
      el("th", { scope: "row" }, heading(name), language === "codes" ? null : [" ", el("code", {}, name)]),
      el("td", {}, el("bdi", {}, text), code && [" ", code]), el("td", {}, from(name)));
  });
  return el("details", { id: "card-fields", open: fieldsOpen, ontoggle: (event) => { fieldsOpen = event.target.open; } },
    el("summary", {}, t("all_fields", FIELDS.length)),
    el("table", {}, el("caption", { class: "visually-hidden" }, t("all_fields", FIELDS.length)),
      el("thead", {}, el("tr", {}, [t("field"), heading("value"), t("found_in")].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, rows)));
}

let fieldsOpen = true;

/// How it came to be read so, or not at all.
function reading(one) {
  const { why } = one;
  const rows = [];
  if (one.isRecord) {
    const declined = COMMON.rules.slice(0, COMMON.rules.indexOf(one.rule)).map((rule) => label("rule", rule));
    rows.push([heading("rule"), [label("rule", one.rule), declined.length > 0 ? el("span", { class: "note" }, t("declined", declined.join(", "))) : null]]);
  }
  if (why.noun) rows.push([t("noun"), [why.noun[1] ? el("q", { lang: "zh-CN" }, why.noun[1]) : t("not_at_number"), " ", el("code", {}, why.noun[0])]]);
  if (why.act) rows.push([t("act"), [why.act[1] ? el("q", { lang: "zh-CN" }, why.act[1]) : t("not_at_number"), " ", el("code", {}, why.act[0])]]);
  if (why.before) rows.push([t("before"), el("q", { lang: "zh-CN" }, one.doc.words(why.before).text)]);
  if (why.behind) rows.push([t("behind"), el("q", { lang: "zh-CN" }, one.doc.words(why.behind).text)]);
  for (const [tie, start] of why.ties ?? []) {
    const other = one.doc.at.get(start);
    if (other) rows.push([t(`tie_${tie}`), el("a", { href: linkToNumber(other) }, other.mention)]);
  }
  if (why.time) rows.push([t("says_when"), why.time]);
  if (why.field) {
    const [ground, words] = why.field;
    rows.push([t("field_of_education"), [t(`ground_${ground}`), wordsAt(words, one)]]);
  }
  return rows.length > 0 && el("section", { id: "card-reading" }, el("h3", {}, t("how_read")), terms(rows));
}

function recordCard(one) {
  const definition = one.indicator && COMMON.definitions[one.indicator];
  return [
    el("p", { class: "what" }, el("span", { class: `dot fill-${one.category}`, "aria-hidden": "true" }), nameText(one)),
    el("h2", { id: "card-title", tabindex: -1 }, valueText(one)),
    el("p", { class: "where" }, joined([placeText(one), label("status", one.status)]).join(" · ")),
    definition && language !== "zh" ? el("p", { class: "definition", lang: "en" }, definition) : null,
    one.flagList.length > 0 && flagChips(one.flagList.map((flag) => [flag, 1])),
    el("section", { id: "card-sentence" },
      el("h3", {}, heading("sentence")), quotation(one),
      el("p", { class: "note" }, el("a", { href: linkToNumber(one, "text") }, t("in_text", one.line)))),
    checksOf(one),
    family(one),
    fieldTable(one),
    reading(one),
  ];
}

function unreadCard(one) {
  const meaning = language === "zh" ? t(`reason_${one.code}`) : COMMON.meanings[one.reason];
  return [
    el("p", { class: "what" }, t("not_read")),
    el("h2", { id: "card-title", tabindex: -1, lang: "zh-CN" }, one.mention),
    el("p", { class: "where" }, el("b", {}, label("reason", one.code)), " — ", meaning),
    reading(one),
  ];
}

/// Shows the card of the number that is open, or none.
function showCard(focus) {
  const card = byId("card");
  const one = currentNumber();
  card.hidden = one === null;
  document.body.classList.toggle("with-card", one !== null);
  if (one === null) return card.replaceChildren();
  const step = (by, word, key) => {
    const other = neighbour(one, by);
    return el("button", { type: "button", class: "plain", id: `card-${word}`, disabled: !other, title: `${t(word)} (${key})`, onclick: () => go(other) }, t(word));
  };
  card.setAttribute("aria-label", t("card"));
  card.replaceChildren(
    el("div", { class: "steps" }, step(-1, "previous", one.isRecord ? "p" : "P"), step(1, "next", one.isRecord ? "n" : "N"),
      el("button", { type: "button", class: "plain close", id: "card-close", title: "Esc", onclick: close }, t("close"))),
    el("div", { class: "inside" }, one.isRecord ? recordCard(one) : unreadCard(one)));
  card.querySelector(".inside").scrollTop = 0;
  if (focus) byId("card-title").focus({ preventScroll: true });
}
