// Which records make a chart together: levels of one place and time, shares, money, one thing at several times.

const by = (list, keyOf) => {
  const groups = new Map();
  for (const one of list) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
};

const known = (kind) => Object.keys(COMMON.labels[kind] ?? {});
const isLevelOf = (one) => one.measure === "value" && one.number !== null;
const isWhole = (one) => !one.ownership && !one.locality && !one.scope && !one.per;

/// Of records that say the same, the first.
function unlike(list, keyOf) {
  const seen = new Set();
  return list.filter((one) => {
    const key = keyOf(one);
    return !seen.has(key) && seen.add(key);
  });
}

/// One indicator by level: a group for each document, place and time that names two levels or more.
function byLevel(records, indicators) {
  const counts = records.filter((one) => indicators.includes(one.indicator) && one.level && isLevelOf(one) && isWhole(one));
  const groups = by(counts, (one) => [one.doc.index, one.indicator, one.region, one.period, one.unit].join("|"));
  const levels = known("level");
  return groups
    .map((group) => unlike(group, (one) => `${one.level}|${one.value}|${one.status}`))
    .map((group) => group.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)))
    .filter((group) => new Set(group.map((one) => one.level)).size > 1)
    .sort((a, b) => b.length - a.length);
}

/// Percentages that are shares or rates, document by document.
function shares(records) {
  const rates = records.filter((one) => one.category === "percentage" && one.unit === "percent" && isLevelOf(one));
  return by(rates, (one) => one.doc.index).map((group) => unlike(group, (one) => `${fullName(one)}|${one.value}|${one.status}`));
}

/// Money, document by document: amounts, or amounts for each.
function money(records, each) {
  const amounts = records.filter((one) => one.category === "funding" && one.unit === "yuan" && isLevelOf(one) && Boolean(one.per) === each);
  return by(amounts, (one) => one.doc.index)
    .map((group) => unlike(group, (one) => `${fullName(one)}|${one.value}|${one.status}|${one.per}`).sort((a, b) => b.number - a.number));
}

/// When a record is, as a number of years; none where it is of several.
function yearOf(one) {
  if (!one.period) return null;
  if (one.period_kind === "academic_year") return Number(one.period.slice(0, 4)) + 0.67;
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(one.period);
  if (!match) return null;
  const [, year, month, day] = match;
  if (!month) return Number(year) + 0.5;
  return Number(year) + (Number(month) - 1) / 12 + (day ? Number(day) / 372 : 0.04);
}

/// What a series is of: counts by what is counted, all else by the words of the text too.
function seriesKey(one) {
  if (!one.indicator || yearOf(one) === null || !isLevelOf(one)) return null;
  const named = ["schools", "students", "staff"].includes(one.category) ? "" : one.subject;
  return [one.region, one.indicator, one.level, one.ownership, one.locality, one.scope, one.unit, one.per, named].join("|");
}

/// One indicator at several times, longest first.
function overTime(records) {
  return by(records, seriesKey)
    .map((group) => unlike(group.sort((a, b) => yearOf(a) - yearOf(b)), (one) => `${one.period}|${one.value}|${one.status}`))
    .filter((group) => new Set(group.map((one) => one.period)).size > 1)
    .sort((a, b) => b.length - a.length);
}

/// A name with the words of the text that narrow it.
function fullName(one) {
  const subject = one.indicator && one.subject && one.subject !== label("indicator", one.indicator) ? `(${one.subject})` : "";
  return nameText(one) + subject;
}
