// Charts of the records that pass: bars and lines, fact, plan and norm told apart. Behind each stands the same as a table.

const FIGURES = 6;
const BARS = 16;

/// How wide a text is, about: a Chinese character takes as much room as two letters.
const wide = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 13 : 7), 0);

/// The same in bold type, with some room.
const bold = (text) => wide(text) * 1.2;

function cut(text, room) {
  if (wide(text) <= room) return text;
  let short = "";
  for (const c of text) {
    if (wide(`${short}${c}…`) > room) break;
    short += c;
  }
  return `${short}…`;
}

/// A figure with its caption, a drawing as wide as there is room, and the table behind it.
function figureOf(name, caption, text, draw, records, nameOf) {
  const table = el("table", {}, el("caption", { class: "visually-hidden" }, caption),
    el("thead", {}, el("tr", {}, [t("what"), heading("value"), heading("period"), heading("status")].map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, records.map((one) => el("tr", {}, el("th", { scope: "row" }, bidi(nameOf(one))),
      el("td", { class: "number" }, el("a", { href: linkToNumber(one) }, valueText(one))),
      el("td", {}, one.period ? periodText(one.period, one.period_kind) : ""), el("td", {}, label("status", one.status))))));
  return el("figure", { class: "chart", "data-chart": name },
    el("figcaption", {}, bidi(caption)),
    drawn(el("div", { class: "drawing" }), (room) => draw(room, text)),
    el("details", { class: "behind" }, el("summary", {}, t("as_table", records.length)), el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table)));
}

const canvas = (room, high, text, ...children) =>
  svg("svg", { width: room, height: high, viewBox: `0 0 ${room} ${high}`, role: "img", "aria-label": text }, ...children);

const opened = (one) => (event) => { event.preventDefault(); go(one); };

/// Bars, one a record, the longest as wide as there is room.
function bars(records, nameOf, limit) {
  return (room, text) => {
    const names = records.map(nameOf);
    const column = Math.max(...names.map(wide));
    const beside = column < room * 0.36;
    const left = beside ? column + 8 : 0;
    const values = records.map((one) => valueLabel(one));
    const right = Math.max(...values.map(bold)) + 10;
    const most = limit ?? Math.max(...records.map((one) => Math.abs(Number(one.value_max ?? one.value))), Number.MIN_VALUE);
    const high = beside ? 26 : 42;
    const scale = (value) => Math.max((Math.min(Math.abs(value), most) / most) * (room - left - right), 1);
    const rows = records.map((one, row) => {
      const top = row * high + (beside ? 5 : 22);
      const length = scale(one.number);
      return svg("g", { class: "bar-row", onclick: opened(one) },
        svg("title", {}, `${names[row]}: ${valueText(one)} (${label("status", one.status)})`),
        svg("rect", { class: "hit", x: 0, y: row * high, width: room, height: high }),
        svg("text", { x: 0, y: beside ? top + 13 : row * high + 15 }, cut(names[row], beside ? left : room)),
        svg("rect", { class: `bar fill-${one.category} status-${one.status}`, x: left + 0.75, y: top + 0.75, width: length, height: 14.5, rx: 1.5 }),
        one.status === "actual" ? null : svg("path", { class: "hatch", d: hatch(left + 0.75, top + 0.75, length, 14.5) }),
        svg("text", { class: "value", x: left + length + 7, y: top + 13 }, values[row]));
    });
    return canvas(room, records.length * high + 4, text, rows);
  };
}

/// Slanting lines in a bar that is no fact: it is told apart without color too.
function hatch(x, y, width, height) {
  let path = "";
  for (let at = 6; at < width + height; at += 7) {
    const [x1, y1] = at <= width ? [x + at, y] : [x + width, y + at - width];
    const [x2, y2] = at <= height ? [x, y + at] : [x + at - height, y + height];
    path += `M${x1} ${y1}L${x2} ${y2}`;
  }
  return path;
}

function valueLabel(one) {
  const sign = SIGNS[one.bound] ?? "";
  if (one.unit === "yuan") return `${sign}${short(one.number)}${unitText(one)}`;
  return `${sign}${one.number >= 1e7 ? short(one.number) : digits(one.value)}${one.unit === "percent" ? "%" : ""}`;
}

/// A line through facts, a dashed one on to what is planned.
function line(records) {
  return (room, text) => {
    const high = 170;
    const [left, right, top, bottom] = [14, 14, 26, 34];
    const years = records.map(yearOf);
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const numbers = records.map((one) => one.number);
    const most = Math.max(...numbers);
    // Counts begin at zero; percentages close to each other would be one line then.
    const least = records[0].unit === "percent" ? Math.min(...numbers) - (most - Math.min(...numbers)) * 0.4 : Math.min(0, ...numbers);
    const edge = Math.min(Math.max(...records.map((one) => Math.max(bold(valueLabel(one)), wide(one.period)))) / 2, room / 4);
    const x = (one) => left + edge + ((yearOf(one) - first) / (last - first || 1)) * (room - left - right - 2 * edge);
    const y = (one) => top + (1 - (one.number - least) / (most - least || 1)) * (high - top - bottom);
    const steps = records.slice(1).map((one, at) => svg("line", {
      class: `step ${one.status === "actual" && records[at].status === "actual" ? "" : "planned"}`,
      x1: x(records[at]), y1: y(records[at]), x2: x(one), y2: y(one),
    }));
    let free = -Infinity;
    const points = records.map((one) => {
      const when = one.period;
      const from = x(one) - wide(when) / 2;
      const fits = from > free;
      if (fits) free = x(one) + wide(when) / 2 + 6;
      return svg("g", { class: "point", onclick: opened(one) },
        svg("title", {}, `${when}: ${valueText(one)} (${label("status", one.status)})`),
        svg("circle", { class: `dot-at fill-${one.category} status-${one.status}`, cx: x(one), cy: y(one), r: 5 }),
        svg("text", { class: "value", x: x(one), y: y(one) - 10, "text-anchor": "middle" }, valueLabel(one)),
        fits ? svg("text", { class: "tick", x: x(one), y: high - 12, "text-anchor": "middle" }, when) : null);
    });
    return canvas(room, high, text, svg("line", { class: "axis", x1: left, x2: room - right, y1: high - bottom + 6, y2: high - bottom + 6 }), steps, points);
  };
}

const told = (records, nameOf) => records.map((one) => `${nameOf(one)} ${valueText(one)} (${label("status", one.status)})`).join("; ");

/// A group of charts under a heading, the largest first.
function chartGroup(name, title, groups, { nameOf, captionOf, draw, bars: most = BARS }) {
  if (groups.length === 0) return null;
  const figures = groups.slice(0, FIGURES).map((group) => {
    const some = group.slice(0, most);
    const caption = captionOf(group) + (group.length > some.length ? ` — ${t("first_of", some.length, group.length)}` : "");
    return figureOf(name, caption, `${caption}: ${told(some, nameOf)}`, draw(some, nameOf), group, nameOf);
  });
  return el("section", { class: "chart-group", id: `charts-${name}` }, el("h3", {}, title),
    el("div", { class: "chart-grid" }, figures),
    groups.length > FIGURES && el("p", { class: "note" }, t("more_charts", groups.length - FIGURES)));
}

function chartsView() {
  const records = chosen(RECORDS);
  const several = DOCUMENTS.length > 1;
  const of = (group) => joined([several && group[0].doc.summary.title]).join(" ");
  const levelName = (one) => label("level", one.level) + (one.status === "actual" ? "" : ` (${label("status", one.status)})`);
  const levels = {
    nameOf: levelName,
    captionOf: ([one]) => joined([label("indicator", one.indicator), placeText(one)]).join(" · "),
    draw: (some, nameOf) => bars(some, nameOf),
  };
  const inDocument = (title, limit) => ({
    nameOf: (one) => joined([fullName(one), one.period && periodText(one.period, one.period_kind), one.status !== "actual" && label("status", one.status)].filter(Boolean)).join(" · "),
    captionOf: (group) => joined([title, of(group)]).join(" · "),
    draw: (some, nameOf) => bars(some, nameOf, limit),
  });
  const groups = [
    chartGroup("schools", t("schools_by_level"), byLevel(records, ["schools"]), levels),
    chartGroup("enrolment", t("enrolment_by_level"), byLevel(records, ["enrolment"]), levels),
    chartGroup("staff", t("staff_by_level"), byLevel(records, ["staff", "full_time_teachers", "teachers"]), levels),
    chartGroup("shares", t("shares"), shares(records), inDocument(t("shares"), 100)),
    chartGroup("funding", t("funding"), money(records, false), inDocument(t("funding"))),
    chartGroup("rates", t("funding_each"), money(records, true), inDocument(t("funding_each"))),
    chartGroup("series", t("series"), overTime(records), {
      nameOf: (one) => one.period,
      captionOf: ([one]) => joined([fullName(one), one.region, one.scope, unitText(one).trim()]).join(" · "),
      draw: (some) => line(some),
    }),
  ].filter(Boolean);
  return [
    el("div", { class: "view-head" }, el("h2", {}, t("charts")),
      el("ul", { class: "key" }, ["actual", "target", "standard"].map((status) => el("li", {},
        svg("svg", { width: 26, height: 14, "aria-hidden": "true" },
          svg("rect", { class: `bar fill-schools status-${status}`, x: 1, y: 1, width: 24, height: 12, rx: 1.5 }),
          status === "actual" ? null : svg("path", { class: "hatch", d: hatch(1, 1, 24, 12) })),
        label("status", status))))),
    groups.length > 0 ? groups : el("p", { class: "none" }, t("no_charts")),
  ];
}
