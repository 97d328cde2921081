// Which records the reader wants to see: by category, level, status, flag, indicator, document, and words.

const filter = { words: "", whole: false, categories: new Set(), level: "", status: "", flag: "", indicator: "", doc: "" };

/// Text as it is searched: wide and narrow forms, upper and lower case are the same.
const plain = (text) => text.normalize("NFKC").toLowerCase();

const haystacks = new WeakMap();

/// The words of a record itself; in both languages, as a reader knows one of them.
function haystack(one) {
  let text = haystacks.get(one);
  if (text === undefined) {
    const codes = ["level", "category", "indicator", "status", "unit", "ownership", "locality", "measure"];
    const names = codes.flatMap((kind) => (one[kind] ? [one[kind], ...(COMMON.labels[kind]?.[one[kind]] ?? [])] : []));
    const flags = one.flagList.flatMap((flag) => [flag, ...(COMMON.labels.flags?.[flag] ?? [])]);
    text = plain(joined([one.mention, one.value, one.value_max, one.subject, one.region, one.scope, one.period,
      ...names, ...flags]).join("\n"));
    haystacks.set(one, text);
  }
  return text;
}

function hasWords(one, words, whole) {
  const own = haystack(one);
  // A number that is searched is this one, and not another of its sentence.
  const within = (word) => own.includes(word) || (whole && !/^[\d.,]+$/.test(word) && plain(one.sentenceText).includes(word));
  return words.every(within);
}

const wordsOf = (text) => plain(text).split(/\s+/).filter(Boolean).map((word) => (/^\d[\d,]*$/.test(word) ? word.replaceAll(",", "") : word));

function passes(one) {
  return (filter.categories.size === 0 || filter.categories.has(one.category))
    && (!filter.level || one.level === filter.level)
    && (!filter.status || one.status === filter.status)
    && (!filter.indicator || one.indicator === filter.indicator)
    && (!filter.flag || (filter.flag === "*" ? one.flagList.length > 0 : one.flagList.includes(filter.flag)))
    && (filter.doc === "" || place.view === "text" || one.doc.index === Number(filter.doc));
}

/// The records that pass, of one document or of all.
function chosen(records) {
  const words = wordsOf(filter.words);
  return records.filter((one) => passes(one) && hasWords(one, words, filter.whole));
}

const isFiltered = () =>
  Boolean(filter.words || filter.categories.size || filter.level || filter.status || filter.flag || filter.indicator
    || filter.doc !== "");

function clearFilter() {
  Object.assign(filter, { words: "", whole: false, categories: new Set(), level: "", status: "", flag: "", indicator: "", doc: "" });
}

const inView = () => (place.view === "text" ? DOCUMENTS[place.doc]?.records ?? [] : RECORDS);

/// How often each code stands in a field, in the order of the documentation.
function counted(kind, codesOf) {
  const counts = new Map();
  for (const one of inView()) for (const code of codesOf(one)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const known = Object.keys(COMMON.labels[kind] ?? {});
  return [...counts].sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
}

/// The controls. `changed` is called when something else is wanted.
function filterControls(changed) {
  const set = (name) => (event) => {
    filter[name] = event.target.value;
    changed();
  };
  const select = (name, kind, extra = []) => {
    const codesOf = kind === "flags" ? (one) => one.flagList : (one) => (one[kind] ? [one[kind]] : []);
    const options = counted(kind, codesOf);
    if (filter[name] && filter[name] !== "*" && !options.some(([code]) => code === filter[name])) options.push([filter[name], 0]);
    return el("label", { class: "field" }, el("span", {}, heading(kind)),
      el("select", { id: `filter-${name}`, onchange: set(name) },
        el("option", { value: "" }, t("any")),
        extra.map(([value, text]) => el("option", { value, selected: filter[name] === value }, text)),
        options.map(([code, count]) =>
          el("option", { value: code, selected: filter[name] === code }, `${label(kind, code)} (${count})`))));
  };
  const chip = ([code, count]) => el("label", { class: `chip category-${code}` },
    el("input", {
      type: "checkbox", value: code, id: `filter-category-${code}`, checked: filter.categories.has(code),
      onchange: (event) => {
        if (event.target.checked) filter.categories.add(code);
        else filter.categories.delete(code);
        changed();
      },
    }),
    el("span", {}, label("category", code), " ", el("small", {}, count)));
  let waiting = null;
  const words = el("input", {
    type: "search", id: "filter-words", value: filter.words, placeholder: t("words_example"), autocomplete: "off",
    oninput: (event) => {
      filter.words = event.target.value;
      clearTimeout(waiting);
      waiting = setTimeout(changed, 120);
    },
  });
  const documents = place.view !== "text" && DOCUMENTS.length > 1 && el("label", { class: "field" },
    el("span", {}, t("document")),
    el("select", { id: "filter-doc", onchange: set("doc") },
      el("option", { value: "" }, t("all_documents", DOCUMENTS.length)),
      DOCUMENTS.map((doc) => el("option", { value: doc.index, selected: filter.doc === String(doc.index) }, titleOf(doc.summary)))));
  return el("details", { class: "filter-box", open: matchMedia("(min-width: 45rem)").matches || isFiltered() },
    el("summary", {}, t("filter")),
    el("form", { id: "filter-form", onsubmit: (event) => event.preventDefault() },
      el("div", { class: "fields" },
        el("label", { class: "field words" }, el("span", {}, t("words")), words),
        documents, select("level", "level"), select("status", "status"), select("indicator", "indicator"),
        select("flag", "flags", [["*", t("any_flag")]])),
      el("fieldset", { class: "chips" }, el("legend", { class: "visually-hidden" }, heading("category")),
        counted("category", (one) => [one.category]).map(chip),
        el("label", { class: "tick" },
          el("input", { type: "checkbox", id: "filter-whole", checked: filter.whole, onchange: (event) => { filter.whole = event.target.checked; changed(); } }),
          el("span", {}, t("whole_sentences"))),
        el("button", { type: "button", id: "filter-clear", class: "plain", disabled: !isFiltered(), onclick: () => { clearFilter(); changed(true); } }, t("clear")),
        el("output", { id: "filter-count", class: "count" }))));
}
