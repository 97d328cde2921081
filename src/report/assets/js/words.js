// The words of the page in the language of its reader: `zh`, `en`, or `codes` with English around them.

let language = COMMON.open ?? (navigator.language.startsWith("zh") ? "zh" : "en");
const column = () => (language === "zh" ? 0 : 1);

/// A word or sentence of the page, its `{}` filled in order.
function t(word, ...values) {
  const text = COMMON.words[word]?.[column()] ?? word;
  return text.replace(/\{\}/g, () => String(values.shift() ?? ""));
}

const label = (kind, code) =>
  language === "codes" ? code : COMMON.labels[kind]?.[code]?.[column()] ?? code;

const heading = (name) => label("heading", name);

/// What stands in a field, for people: the label of a code, a number with its digits in groups.
function shown(name, kind, value) {
  if (value === null || value === undefined) return "";
  if (name === "flags") return value.split(";").map((flag) => label("flags", flag)).join("; ");
  if (kind === "code" || name === "rule") return label(name, value);
  if (kind === "boolean") return language === "codes" ? String(value) : label("redacted", String(value));
  if (kind === "decimal") return digits(value);
  return String(value);
}

/// An exact decimal with its digits in groups of three.
function digits(text) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(text) ?? [null, "", text, ""];
  return `${sign ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

/// A number as short as a chart wants it: 180.07亿, 18.01B.
const short = (number) =>
  new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 2 })
    .format(number);

const SIGNS = { exact: "", approx: "≈ ", at_least: "≥ ", at_most: "≤ ", range: "" };

/// The unit of a number, and what it is for each of.
function unitText(one) {
  const space = language === "zh" || /^[%‰]$/.test(label("unit", one.unit)) ? "" : " ";
  const unit = one.unit === "ratio" ? " : 1" : space + label("unit", one.unit);
  return one.per ? `${unit} / ${label("per", one.per)}` : unit;
}

/// What a record says, with its unit: ≥ 1,500 人.
function valueText(one) {
  if (one.value === null) return t("hidden_digits");
  const upper = one.value_max === null ? "" : `–${digits(one.value_max)}`;
  const sign = one.measure !== "value" && one.number > 0 ? "+" : "";
  return `${SIGNS[one.bound] ?? ""}${sign}${digits(one.value)}${upper}${unitText(one)}`;
}

const joined = (parts) => parts.filter((part) => part !== null && part !== undefined && part !== "");

/// What a record measures: 普通高中 · 在校生数.
function nameText(one) {
  const what = one.indicator ? label("indicator", one.indicator) : one.subject ?? label("category", one.category);
  const parts = [one.level ? label("level", one.level) : null, one.ownership && label("ownership", one.ownership),
    one.locality && label("locality", one.locality), what,
    one.measure === "value" ? null : label("measure", one.measure)];
  return joined(parts).join(" · ");
}

/// Of where and when it is.
const placeText = (one) =>
  joined([one.region, one.scope, one.period && periodText(one.period, one.period_kind)]).join(" · ");

function periodText(period, kind) {
  if (kind === "academic_year") return t("school_year", period.replace("/", "–"));
  if (kind === "as_of") return t("as_of", period);
  const [from, to] = period.split("/");
  if (to === undefined) return period;
  if (from.startsWith("P")) return t("back", from.slice(1, -1), to);
  if (to.startsWith("P")) return t("ahead", to.slice(1, -1), from);
  return to === ".." ? t("since", from) : `${from}–${to}`;
}

const titleOf = (summary) => summary.title ?? summary.source;

/// The remark of a finding: the audit writes it in English, with numbers in some.
function remarkText(remark) {
  if (language !== "zh") return `(${remark})`;
  for (const [english, chinese] of COMMON.remarks) {
    const pattern = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\}/g, "(.+?)");
    const match = new RegExp(`^${pattern}$`).exec(remark);
    if (match) return chinese.replace(/\{\}/g, () => match.splice(1, 1)[0]);
  }
  return el("span", { lang: "en" }, `(${remark})`);
}
