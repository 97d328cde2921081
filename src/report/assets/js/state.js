// Where the reader is: a view, a document, a number in it. The address says so (#/text/0/576), so that the way back works,
// and a link to a number can be passed on.

const VIEWS = COMMON.kind === "index" ? ["documents", "audit"] : ["documents", "text", "table", "charts", "audit"];
const FIRST = COMMON.kind === "page" ? "text" : "documents";

const place = { view: FIRST, doc: 0, start: null };

function placeOf(hash) {
  const [view, doc, start] = hash.replace(/^#\/?/, "").split("/");
  const number = (text) => (/^\d+$/.test(text ?? "") ? Number(text) : null);
  const index = number(doc);
  return {
    view: VIEWS.includes(view) ? view : null,
    doc: index !== null && index < DOCUMENTS.length ? index : 0,
    start: number(start),
  };
}

const linkTo = (view, doc, start) => `#/${view}/${doc}${start === null || start === undefined ? "" : `/${start}`}`;

/// Where a number stands, from the view that is open.
const linkToNumber = (one, view = place.view) => linkTo(view, one.doc.index, one.key);

const currentNumber = () => (place.start === null ? null : DOCUMENTS[place.doc]?.at.get(place.start) ?? null);
