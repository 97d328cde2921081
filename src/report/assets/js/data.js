// The data of the page: documents, their records and unread numbers, what the checks found.

const read = (name) =>
  [...document.querySelectorAll(`script[type="application/json"].${name}`)]
    .map((element) => JSON.parse(element.textContent));

const [COMMON] = read("common");
const FIELDS = COMMON.fields.map(([name, kind]) => ({ name, kind }));

/// A text by code points, as records count; a script counts UTF-16.
class Text {
  constructor(text) {
    this.text = text;
    this.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  }
  get length() {
    return (this.points ?? this.text).length;
  }
  slice(start, end) {
    return this.points ? this.points.slice(start, end).join("") : this.text.slice(start, end);
  }
}

/// A record. What follows from the text is taken from there.
class Observation {
  constructor(doc, row, why) {
    this.doc = doc;
    this.why = why;
    COMMON.row.forEach((name, at) => { this[name] = row[at]; });
    this.parentStart = this.parent;
    this.span = Array.isArray(this.sentence) ? this.sentence : null;
    this.flagList = this.flags ? this.flags.split(";") : [];
    this.number = this.value === null ? null : Number(this.value);
  }
  get key() { return this.number_start; }
  get isRecord() { return true; }
  get mention() { return this.doc.text.slice(this.start, this.end); }
  get sentenceText() { return this.span ? this.doc.text.slice(...this.span) : this.sentence; }
  get parentRecord() {
    return this.parentStart === null ? null : this.doc.at.get(this.parentStart) ?? null;
  }
  get children() { return this.doc.children.get(this.key) ?? []; }
  get claims() { return this.doc.claimsOf(this.key); }
  /// What stands in a field, as every other format of the same record has it; decimals as they were written.
  field(name) {
    const { summary } = this.doc;
    switch (name) {
      case "source": case "title": case "publisher": case "published": return summary[name];
      case "mention": return this.mention;
      case "sentence": return this.sentenceText;
      case "id": return `${summary.source}#${this.key}`;
      case "parent": return this.parentStart === null ? null : `${summary.source}#${this.parentStart}`;
      default: return this[name];
    }
  }
  /// The record as a line of JSON Lines, with the digits of its decimals.
  get json() {
    const cell = ({ name, kind }) => {
      const value = this.field(name);
      const exact = kind === "decimal" && value !== null;
      return `${JSON.stringify(name)}:${exact ? value : JSON.stringify(value)}`;
    };
    return `{${FIELDS.map(cell).join(",")}}`;
  }
}

/// A number that is no record.
class Unread {
  constructor(doc, [start, length, reason, why]) {
    Object.assign(this, { doc, start, end: start + length, reason, why: why ?? {} });
  }
  get key() { return this.start; }
  get isRecord() { return false; }
  get mention() { return this.doc.text.slice(this.start, this.end); }
  get code() { return COMMON.reasons[this.reason]; }
}

class Document {
  constructor(data, index) {
    this.index = index;
    this.summary = data.summary;
    this.text = new Text(data.text);
    this.records = data.records.map((row, at) => new Observation(this, row, data.why[at]));
    this.unread = data.unread.map((cells) => new Unread(this, cells));
    this.claims = data.claims.map((claim) => ({
      ...claim,
      doc: this,
      places: claim.records.map((start) => ({ doc: this, start })),
    }));
    this.at = new Map([...this.records, ...this.unread].map((one) => [one.key, one]));
    this.children = grouped(this.records);
    this.byPlace = null;
    this.lines = null;
  }
  /// The line that holds a code point, from 1.
  lineAt(offset) {
    if (this.lines === null) {
      const points = this.text.points ?? this.text.text;
      this.lines = [0];
      for (let at = 0; at < points.length; at += 1) {
        if (points[at] === "\n" || (points[at] === "\r" && points[at + 1] !== "\n")) this.lines.push(at + 1);
      }
    }
    const later = this.lines.findIndex((start) => start > offset);
    return later < 0 ? this.lines.length : later;
  }
  /// Words as their text and line: of a place in the text, or as they are.
  words(place) {
    if (typeof place === "string") return { text: place, line: null };
    const [start, length] = place;
    if (typeof start === "string") return { text: start, line: length };
    return { text: this.text.slice(start, start + length), line: this.lineAt(start) };
  }
  /// The claims that a record makes or is held against, those within the document first.
  claimsOf(start) {
    if (this.byPlace === null) {
      this.byPlace = new Map();
      for (const claim of [...this.claims, ...BETWEEN]) {
        for (const place of claim.places) {
          if (place.doc !== this) continue;
          const list = this.byPlace.get(place.start);
          if (!list) this.byPlace.set(place.start, [claim]);
          else if (!list.includes(claim)) list.push(claim);
        }
      }
    }
    return this.byPlace.get(start) ?? [];
  }
}

/// Records by the number that they belong to.
function grouped(records) {
  const groups = new Map();
  for (const one of records) {
    const group = groups.get(one.parentStart);
    if (group) group.push(one);
    else groups.set(one.parentStart, [one]);
  }
  return groups;
}

const DOCUMENTS = read("document").map((data, index) => new Document(data, index));

/// What there is to say of each document, whether it is in this page or has one of its own.
const SUMMARIES = COMMON.kind === "index" ? read("documents").flat() : DOCUMENTS.map((doc) => doc.summary);

/// What was found between documents, some of which may have pages of their own.
const BETWEEN = (() => {
  const bySource = new Map(DOCUMENTS.map((doc) => [doc.summary.source, doc]));
  const pages = new Map(SUMMARIES.map((summary) => [summary.source, summary.page]));
  return COMMON.between.map((claim) => ({
    ...claim,
    doc: null,
    places: claim.records.map(([source, start, mention]) => ({
      doc: bySource.get(source) ?? null, source, start, mention, page: pages.get(source) ?? null,
    })),
  }));
})();

const RECORDS = DOCUMENTS.flatMap((doc) => doc.records);

/// All claims, those that fail first, then those of which nobody can tell.
const CLAIMS = [...DOCUMENTS.flatMap((doc) => doc.claims), ...BETWEEN];
const verdictOf = (claim) => claim.severity ?? claim.verdict;
const VERDICTS = ["error", "warning", "cannot tell", "holds"];
