// Two branches side by side, line by line, with the exact difference of what is decided.

function compareView(one, other) {
  const both = [one, other];
  const details = both.map(detailsOf);
  const fact = (name, said) => el("tr", {}, el("th", { scope: "row", colspan: "2" }, w(name)), both.map((branch) => el("td", { colspan: "2" }, said(branch))), el("td"));
  const heads = [["", "few"], [w("item"), "terms"], ...both.flatMap((branch) => [[branch.name], [w("points"), "num"]]), [w("apart_by"), "num"]];
  const rows = [
    fact("rank", (branch) => (branch.rank ? String(branch.rank) : w("unranked"))),
    fact("grade", (branch) => t(head.grades[branch.grade])),
    fact("outcome", (branch) => w(branch.outcome)),
    ...table.sections.flatMap((section, at) => sectionLines(section, both.map((branch) => branch.parts[at]), details)),
    pointsRow("sum", el("th", { scope: "row", colspan: "2" }, w("total")), both.map((branch) => branch.points), ["", ""]),
  ];
  return [
    el("nav", { class: "steps", "aria-label": w("comparison") },
      el("a", { href: "#" }, w("back_to_ranking")), both.map(linked)),
    onlyBox("apart", "only_apart"),
    framed(w("comparison"), heads, rows, "compared"),
  ];
}

function sectionLines(section, points, details) {
  const lines = section.items.map((terms) => [terms, details.map((one) => one.items[terms.id])]);
  const told = lines.filter(([, [a, b]]) => !state.apart || a[1] !== b[1]);
  return [
    pointsRow("section", el("th", { scope: "rowgroup", colspan: "2" }, t(section.title)), points, ["", ""]),
    ...told.map(([terms, items]) => pointsRow(
      "",
      [el("th", { scope: "row", class: "label" }, terms.id), el("td", {}, t(terms.title))],
      items.map((item) => item[1]),
      items.map((item, at) => reasonOf(item, details[at])),
    )),
  ];
}

function reasonOf([kind, , why, , , , lines], details) {
  return [kind === "scored" ? null : [mark(w(kind)), " "], details.say(why), lines ? [" ", placeOf(lines)] : null];
}

function pointsRow(kind, titles, [one, other], [why, whyOther]) {
  return el("tr", { class: kind }, titles,
    el("td", {}, why), figure(span(one)), el("td", {}, whyOther), figure(span(other)), figure(difference(one, other), one === other ? "quiet" : "apart"));
}
