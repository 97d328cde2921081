// What the audit found: each claim with what was recomputed, and why both can be true or cannot.

const end = (text, open) => (text === undefined ? open : digits(text));

/// What a figure may be: [26,500, 27,500], or one value.
function rangeText(claim, side) {
  const [low, high] = [claim[`${side}_low`], claim[`${side}_high`]];
  if (low !== undefined && low === high) return digits(low);
  return `[${end(low, "−∞")}, ${end(high, "+∞")}]`;
}

const isPoint = (claim, side) => claim[`${side}_low`] !== undefined && claim[`${side}_low`] === claim[`${side}_high`];

/// In a sentence, why the claim holds, fails, or cannot be decided.
function because(claim) {
  const both = [rangeText(claim, "claimed"), rangeText(claim, "recomputed")];
  const points = isPoint(claim, "claimed") && isPoint(claim, "recomputed");
  if (claim.verdict === "holds") return points && both[0] === both[1] ? t("holds_equal", both[0]) : t("holds_overlap", ...both);
  if (claim.verdict === "fails") return points ? t("fails_apart", ...both) : t("fails_disjoint", ...both);
  return t("cannot_tell", ...both);
}

/// Both intervals on one scale, where one of them is more than a point.
function intervalStrip(claim) {
  const sides = ["claimed", "recomputed"];
  if (sides.every((side) => isPoint(claim, side))) return null;
  const ends = sides.flatMap((side) => ["_low", "_high", ""].map((name) => claim[side + name])).filter((text) => text !== undefined).map(Number);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  const [left, right] = [least - room, most + room];
  const begin = Math.max(...sides.map((side) => wide(heading(side)))) + 8;
  const x = (value) => begin + ((value - left) / (right - left)) * (340 - begin);
  const text = sides.map((side) => `${heading(side)} ${rangeText(claim, side)}`).join("; ");
  return svg("svg", { class: "intervals", viewBox: "0 0 340 36", role: "img", "aria-label": text }, svg("title", {}, text),
    sides.map((side, row) => {
      const [low, high] = ["_low", "_high"].map((name) => claim[side + name]);
      const from = low === undefined ? begin : x(Number(low));
      const to = high === undefined ? 340 : x(Number(high));
      const y = 9 + row * 16;
      return [
        svg("text", { x: 0, y: y + 4 }, heading(side)),
        svg("line", { x1: begin, x2: 340, y1: y, y2: y, class: "scale" }),
        svg("rect", { x: from, y: y - 4, width: Math.max(to - from, 2), height: 8, class: `interval ${side}` }),
        svg("circle", { cx: x(Number(claim[side])), cy: y, r: 3, class: `figure-at ${side}` }),
      ];
    }));
}

/// A record of a claim, as a link to its card; `here` is the one whose card is open.
function placeLink({ doc, start, mention, source, page }, here) {
  const one = doc?.at.get(start);
  if (one && one === here) return el("b", { "aria-current": "true", lang: "zh-CN" }, one.mention);
  if (one) return el("a", { href: linkToNumber(one), lang: "zh-CN" }, one.mention);
  const where = `${mention} (${source})`;
  return page ? el("a", { href: `${encodeURIComponent(page)}#/text/0/${start}` }, bidi(where)) : bidi(where);
}

/// One claim. Its own word for the check stands above it.
function claimItem(claim, here) {
  const verdict = verdictOf(claim);
  const unit = label("unit", claim.unit);
  const rows = [
    [heading("claimed"), [digits(claim.claimed), isPoint(claim, "claimed") ? "" : ` ${t("in")} ${rangeText(claim, "claimed")}`, " ", unit]],
    [heading("recomputed"), [digits(claim.recomputed), isPoint(claim, "recomputed") ? "" : ` ${t("in")} ${rangeText(claim, "recomputed")}`, " ", unit]],
    [heading("difference"), end(claim.difference, t("any_amount"))],
    [heading("tolerance"), end(claim.tolerance, t("any_amount"))],
  ];
  return el("li", { class: `claim verdict-${verdict.replace(" ", "-")}`, "data-check": claim.check },
    el("p", { class: "claim-head" }, verdictChip(verdict), " ", el("span", { class: "check", title: COMMON.checks[claim.check] }, label("check", claim.check)),
      claim.flag ? [" ", el("span", { class: "flag" }, label("flags", claim.flag))] : null),
    el("p", { class: "formula", lang: "zh-CN" }, claim.formula),
    el("p", { class: "because" }, because(claim), claim.remark ? [" ", remarkText(claim.remark)] : null),
    intervalStrip(claim),
    terms(rows, { class: "numbers" }),
    el("p", { class: "places" }, t("records_of_claim"), " ", claim.places.map((place, at) => [at > 0 ? ", " : null, placeLink(place, here)])));
}

/// The checks of a record, as its card has them.
function checksOf(one) {
  const claims = [...one.claims].sort((a, b) => VERDICTS.indexOf(verdictOf(a)) - VERDICTS.indexOf(verdictOf(b)));
  return el("section", { id: "card-checks" }, el("h3", {}, t("checks")),
    claims.length === 0 ? el("p", { class: "none" }, t("no_checks")) : el("ul", { class: "claims" }, claims.map((claim) => claimItem(claim, one))));
}

let verdictWanted = "";

function auditView() {
  const of = (verdict) => (claim) => verdictOf(claim) === verdict;
  const passing = isFiltered() ? new Set(chosen(RECORDS)) : null;
  const claims = CLAIMS.filter(({ places }) => !passing || places.some(({ doc, start }) => passing.has(doc?.at.get(start))));
  const checks = Object.keys(COMMON.checks).filter((check) => claims.some((claim) => claim.check === check));
  const counts = checks.map((check) => [check, VERDICTS.map((verdict) => claims.filter((claim) => claim.check === check && of(verdict)(claim)).length)]);
  const table = el("table", {}, el("caption", { class: "visually-hidden" }, t("claims_checked")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, heading("check")), VERDICTS.map((verdict) => el("th", { scope: "col", class: "number" }, verdictText(verdict))))),
    el("tbody", {}, counts.map(([check, row]) => el("tr", {}, el("th", { scope: "row" }, label("check", check)), row.map((count) => el("td", { class: "number" }, count || "–"))))));
  const wanted = claims.filter((claim) => verdictWanted === "" || of(verdictWanted)(claim))
    .sort((a, b) => VERDICTS.indexOf(verdictOf(a)) - VERDICTS.indexOf(verdictOf(b)));
  const radio = (verdict, text, count) => el("label", { class: "chip" },
    el("input", { type: "radio", name: "verdict", value: verdict, checked: verdict === verdictWanted, onchange: () => { verdictWanted = verdict; showView(); document.querySelector(`input[name=verdict][value="${verdict}"]`)?.focus(); } }),
    el("span", {}, text, " ", el("small", {}, count)));
  const list = el("ul", { class: "claims" });
  const more = el("button", { type: "button", class: "more", onclick: () => add() });
  let filled = 0;
  const add = () => {
    const some = wanted.slice(filled, filled + 50);
    filled += some.length;
    list.append(...some.map((claim) => claimItem(claim, currentNumber())));
    more.textContent = t("more_rows", wanted.length - filled);
    more.hidden = filled === wanted.length;
  };
  add();
  return [
    el("h2", {}, t("audit")), el("p", { class: "lead" }, t("audit_lead")),
    claims.length === 0 ? el("p", { class: "none" }, COMMON.kind === "index" ? t("no_claims_between") : t("no_claims")) : [
      el("div", { class: "scroll counts", tabindex: 0, role: "region", "aria-label": t("claims_checked") }, table),
      el("fieldset", { class: "chips" }, el("legend", { class: "visually-hidden" }, heading("verdict")),
        radio("", t("any"), claims.length), VERDICTS.map((verdict) => radio(verdict, verdictText(verdict), claims.filter(of(verdict)).length))),
      list, more],
  ];
}
