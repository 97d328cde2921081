// The records as files to take along, the same as `edustat extract` writes.

/// As `--format jsonl` writes them, byte for byte.
const jsonl = (records) => records.map((one) => `${one.json}\n`).join("");

/// As `--excel` writes them, byte for byte: CSV of codes, with no text that a spreadsheet would run as a formula.
function csv(records) {
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const row = (one) => FIELDS.map(({ name }) => {
    const value = one.field(name);
    if (value === null) return "";
    return quoted(typeof value === "string" && !NUMBERS.has(name) ? harmless(value) : String(value));
  });
  const rows = [FIELDS.map(({ name }) => name), ...records.map(row)];
  return `\ufeff${rows.map((cells) => `${cells.join(",")}\r\n`).join("")}`;
}

/// Fields whose text is a decimal with its digits.
const NUMBERS = new Set(FIELDS.filter(({ kind }) => kind === "decimal").map(({ name }) => name));

/// A text with a `'` before all that a spreadsheet may take for something to evaluate.
function harmless(text) {
  const begins = /^[\t\r\n]/.test(text);
  const runs = (piece) => /^[\s"\u0085\ufeff\u200b\0]*[=+\-@＝＋－＠]/.test(piece);
  const pieces = text.match(/[^;\t\r\n]*[;\t\r\n]|[^;\t\r\n]+$/g) ?? [];
  return pieces.map((piece, at) => ((at === 0 && begins) || runs(piece) ? `'${piece}` : piece)).join("");
}

function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
