// The page: what is shown of it, and what keys and links do.

const views = { documents: documentsView, text: textView, table: tableView, charts: chartsView, audit: auditView };

/// The records through which N and P go: those that pass, in the order that is shown.
function sequence(one) {
  if (!one.isRecord) return one.doc.unread;
  const records = chosen(place.view === "text" ? one.doc.records : RECORDS);
  if (place.view !== "table" || !order.table.name) return records;
  const field = FIELDS.find(({ name }) => name === order.table.name);
  return inOrder(records, { sort: (record) => sortKey(record, field) }, order.table.down);
}

/// The number so many steps on; of one that does not pass, the nearest that does.
function neighbour(one, by) {
  const list = sequence(one);
  const at = list.indexOf(one);
  if (at >= 0) return list[at + by] ?? null;
  const later = (other) => other.doc.index - one.doc.index || other.key - one.key;
  return by > 0 ? list.find((other) => later(other) > 0) ?? null : list.findLast((other) => later(other) < 0) ?? null;
}

function go(one) {
  location.hash = linkToNumber(one).slice(1);
}

/// Closes the card; whoever came by keyboard goes on from where the number stands.
function close() {
  const { view, doc, start } = place;
  location.hash = linkTo(view, doc).slice(1);
  const link = document.querySelector(`#view [data-key="${start}"]`);
  (link?.matches("a") ? link : link?.querySelector("a"))?.focus({ preventScroll: true });
}

function step(by, ofUnread) {
  const one = currentNumber();
  if (one && one.isRecord !== ofUnread) {
    const other = neighbour(one, by);
    if (other) go(other);
    return;
  }
  const doc = DOCUMENTS[place.doc];
  const list = ofUnread ? doc.unread : chosen(place.view === "text" ? doc.records : RECORDS);
  const next = one ? (by > 0 ? list.find((other) => other.key > one.key) : list.findLast((other) => other.key < one.key)) : list.at(by > 0 ? 0 : -1);
  if (next) go(next);
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape" && place.start !== null) return close();
  if (!keysOn || DOCUMENTS.length === 0 || event.target.closest?.("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
  const by = { n: 1, N: 1, p: -1, P: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by, event.key === event.key.toUpperCase());
}

function showFrame() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const summary = COMMON.kind === "page" ? SUMMARIES[0] : null;
  const title = summary ? titleOf(summary) : t("report_title");
  document.title = `${title} — edustat`;
  byId("skip").textContent = t("skip");
  byId("brand").replaceChildren(COMMON.kind === "page" ? el("a", { href: "index.html" }, t("brand")) : t("brand"));
  byId("title").replaceChildren(bidi(title));
  byId("subtitle").textContent = t("subtitle");
  byId("languages").setAttribute("aria-label", t("language"));
  byId("languages").replaceChildren(...[["zh", "中文", "zh-CN"], ["en", "English", "en"], ["codes", t("codes"), null]].map(([code, text, lang]) =>
    el("button", { type: "button", id: `language-${code}`, lang, "aria-pressed": String(code === language), onclick: () => speak(code) }, text)));
  const target = (view) => linkTo(view, place.doc, view === "documents" ? null : place.start);
  byId("tabs").setAttribute("aria-label", t("views"));
  byId("tabs").replaceChildren(...VIEWS.map((view) =>
    el("a", { href: target(view), id: `tab-${view}`, "aria-current": view === place.view ? "page" : null }, t(view))));
  byId("foot").textContent = t("foot", COMMON.version);
}

function speak(code) {
  const top = scrollY;
  language = code;
  showAll();
  byId(`language-${code}`).focus({ preventScroll: true });
  scrollTo({ top, behavior: "instant" });
}

function showFilters() {
  const filters = byId("filters");
  filters.hidden = place.view === "documents" || DOCUMENTS.length === 0;
  filters.setAttribute("aria-label", t("filter"));
  if (filters.hidden) return filters.replaceChildren();
  filters.replaceChildren(filterControls((again) => {
    if (again) {
      showFilters();
      byId("filter-clear").focus();
    }
    showChosen();
    if (place.view === "text") showMarks();
    else showView();
    showCard(false);
  }));
  showChosen();
}

/// How many records pass, for the eye and for the ear.
function showChosen() {
  const count = byId("filter-count");
  if (!count) return;
  const all = inView();
  const text = t("shown", chosen(all).length, all.length);
  count.textContent = text;
  byId("status").textContent = text;
  byId("filter-clear").disabled = !isFiltered();
}

function showView() {
  byId("view").replaceChildren(...[views[place.view]()].flat(Infinity).filter(Boolean));
  byId("view").className = `view-${place.view}`;
  if (place.view === "text") {
    if (isFiltered()) showMarks();
    showOpen();
  }
}

function showAll() {
  showFrame();
  showFilters();
  showView();
  showCard(false);
}

function onPlace(event) {
  const next = placeOf(location.hash);
  if (next.view === null) {
    // A link within the page, like that to its main part, is no place of the report.
    if (event && location.hash) return;
    next.view = FIRST;
  }
  const moved = next.view !== place.view || next.doc !== place.doc;
  const other = next.start !== place.start;
  const view = next.view !== place.view;
  Object.assign(place, next);
  if (!event || moved) {
    showAll();
    if (view && event) scrollTo(0, 0);
  } else {
    showFrame();
    if (place.view === "text") showOpen();
    else for (const row of document.querySelectorAll("#records tr[data-key]")) {
      const here = Number(row.dataset.key) === place.start && Number(row.dataset.doc) === place.doc;
      if (here) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    if (place.view === "audit") showView();
  }
  if (place.start !== null && (other || moved || !event)) {
    showCard(Boolean(event));
    if (place.view === "text") scrollToNumber();
  } else showCard(false);
}

addEventListener("hashchange", onPlace);
document.addEventListener("keydown", onKey);
onPlace(null);

/// For whoever reads the page by program: its records as other formats have them.
window.edustat = Object.freeze({ jsonl: () => jsonl(RECORDS), csv: () => csv(RECORDS) });
