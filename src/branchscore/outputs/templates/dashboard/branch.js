// One branch: where it stands, every item with its reason and its place in the submission.

function branchView(branch) {
  const details = detailsOf(branch);
  return [
    steps(branch),
    summaryOf(branch, details),
    head.spread && branch.rank
      ? [head2("peers"), peersPicture(branch), bandsPicture(number(low(branch.points)))] : null,
    head2("conditions"),
    framed(w("conditions"), [["", "few"], [w("reason")], [w("outcome"), "few"]], details.tests.map((one) => testRow(one, details))),
    remarks(details),
    head2("reason"),
    onlyBox("short", "only_short"),
    itemsTable(branch, details),
    proofs(details),
  ];
}

function steps(branch) {
  const next = (to, name, rel) => (to ? el("a", { href: address(to.code), rel }, w(name)) : null);
  return el(
    "nav", { class: "steps", "aria-label": w("neighbours") },
    el("a", { href: "#" }, w("back_to_ranking")),
    next(branches[branch.index - 1], "branch_before", "prev"),
    next(branches[branch.index + 1], "branch_after", "next"),
  );
}

function summaryOf(branch, details) {
  const facts = [
    [w("total"), el("strong", { class: "figure" }, span(branch.points))],
    [w("rank"), branch.rank ? String(branch.rank) : w("unranked")],
    [w("grade"), t(head.grades[branch.grade])],
    [w("outcome"), mark(w(branch.outcome))],
    [w("self"), details.self],
    [w("by_rule"), span(details.computed)],
    [w("code"), branch.code],
    [w("handed_in"), el("code", {}, details.file)],
  ];
  return [
    el("dl", { class: "facts" }, facts.filter(([, value]) => value).map(([name, value]) => (
      el("div", {}, el("dt", {}, name), el("dd", {}, value))
    ))),
    el("p", {}, capital(details.say(details.why)) + stop()),
    details.note ? el("p", { class: "quiet" }, `${w("remarks")}${w("colon")}${details.note}`) : null,
  ];
}

function testRow([kind, id, holds, why, lines], details) {
  const told = holds === null ? "to_confirm" : `${holds ? "holds" : "fails"}_${kind}`;
  const bad = holds === null || holds === (kind === "veto");
  return row(
    `${w(kind)} ${id}`,
    el("td", {}, details.say(why), lines ? [" ", placeOf(lines)] : null),
    el("td", {}, bad ? mark(w(told)) : w(told)),
  );
}

const placeOf = (lines) => quiet(w("at_line", { lines }));

function remarks(details) {
  const all = [
    ...details.strikes.map(([who, what, why]) => [w("strike"), who, details.say(what), why]),
    ...details.comments.map(([who, text]) => [w("comment"), who, text]),
    ...details.recused.map(([who, text]) => [w("recused"), who, text]),
  ];
  if (!all.length) return null;
  return [head2("review"), el("ul", {}, all.map(([kind, ...told]) => (
    el("li", {}, mark(kind), " · ", told.filter(Boolean).join(" · "))
  )))];
}

function onlyBox(name, label) {
  const change = (event) => {
    state[name] = event.target.checked;
    show();
    document.getElementById(`only-${name}`).focus();
  };
  return el("p", { class: "only" }, el("label", {},
    el("input", { type: "checkbox", id: `only-${name}`, checked: state[name], change }), " ", w(label)));
}

function itemsTable(branch, details) {
  const heads = [
    ["", "few"], [`${w("item")} · ${w("rule")}`, "terms"], [w("reason")],
    [w("self"), "num part"], [w("by_rule"), "num part"], [w("reviewed"), "num"],
  ];
  const rows = table.sections.flatMap((section, at) => [
    sectionRow(`${span(branch.parts[at])} / ${section.points}`, section),
    ...section.items.filter((terms) => !state.short || isShort(section, terms, details))
      .map((terms) => itemRow(terms, details.items[terms.id], details)),
    ...details.adjustments[at].map(([why, points]) => row(
      "", w("adjustment"), capital(details.say(why)), figure("", "part"), figure("", "part"), figure(span(points)),
    )),
  ]);
  rows.push(el("tr", { class: "sum" },
    el("th", { scope: "row", colspan: "3" }, w("total")),
    figure(details.self, "part"), figure(span(details.computed), "part"), figure(span(branch.points))));
  return framed(w("reason"), heads, rows, "items");
}

function sectionRow(points, section) {
  return el("tr", { class: "section" },
    el("th", { scope: "rowgroup", colspan: "3" }, t(section.title)),
    figure("", "part"), figure("", "part"), figure(points));
}

function isShort(section, terms, details) {
  const [kind, points] = details.items[terms.id];
  if (section.kind === "penalties") return number(low(points)) < 0;
  return kind !== "not_applicable" && number(low(points)) < number(terms.points);
}

function itemRow(terms, [kind, points, why, self, computed, gain, lines, marks], details) {
  return el(
    "tr", {},
    el("th", { scope: "row", class: "label" }, terms.id),
    el("td", {}, t(terms.title), el("div", { class: "quiet" }, t(terms.terms))),
    el("td", {},
      kind === "scored" ? null : [mark(w(kind)), " "],
      details.say(why), lines ? [" ", placeOf(lines)] : null,
      gain === null ? null : el("div", { class: "gain" }, capital(details.say(gain)) + stop()),
      marks.map((one) => el("div", { class: "quiet" }, markSaid(one, details)))),
    figure(self, "quiet part"), figure(computed === null ? "—" : span(computed), "quiet part"), figure(span(points)),
  );
}

const markSaid = ([, reviewer, given, reason], details) =>
  `${reviewer} ${details.say(given)}${reason ? inBrackets(reason) : ""}`;

function proofs(details) {
  if (!details.proofs.length) return null;
  const heads = [[w("code"), "few"], [w("proofs")], [w("files")]];
  const rows = details.proofs.map(([id, title, file, twice]) => row(
    id, el("td", {}, title, twice === null ? null : el("div", { class: "mark" }, details.say(twice))), file ?? "",
  ));
  return el("details", {}, el("summary", {}, `${w("proofs")}${inBrackets(String(rows.length))}`),
    framed(w("proofs"), heads, rows));
}
