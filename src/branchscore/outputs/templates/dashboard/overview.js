// The evaluation as a whole: how points are distributed, how safe the line is, what was handed in.

function spreadView() {
  const { safety, panel, groups } = rest();
  return [spread(), safety ? line(safety) : null, groups.length ? groupsTable(groups) : null, panel ? panelTable(panel) : null];
}

function spread() {
  if (!head.spread) return null;
  const lines = head.spread.lines;
  const items = table.sections.flatMap((section) => [[section.id, section.title, "section"], ...section.items.map((item) => [item.id, item.title, ""])]);
  const names = ["points", "lowest", "lower", "median", "upper", "highest", "full", "none", "apart"];
  const heads = [["", "few"], [w("item")], [w("points"), "num"], [w("lowest"), "num"], ["25%", "num part"], [w("median"), "num"], ["75%", "num part"],
    [w("highest"), "num"], [w("full_of"), "num part"], [w("none_of"), "num part"], [w("apart"), "num part"]];
  const hidden = new Set(["lower", "upper", "full", "none", "apart"]);
  const rows = items.filter(([id]) => lines[id]).map(([id, title, kind]) => el(
    "tr", { class: kind }, kind
      ? el("th", { scope: "row", colspan: "2" }, t(title))
      : [el("th", { scope: "row", class: "label" }, id), el("td", {}, t(title))],
    names.map((name) => figure(String(lines[id][name] ?? "—"), hidden.has(name) ? "part" : "")),
  ));
  return [
    head2("spread"),
    el("p", {}, w("spread_seen", { ...lines.total, n: head.spread.number })),
    bandsPicture(),
    el("details", {}, el("summary", {}, w("separated")), el("p", { class: "quiet" }, w("separated_note")), framed(w("separated"), heads, rows)),
  ];
}

function line(safety) {
  const heads = [[w("rank"), "num"], [w("branch")], [w("line_picture"), "picture"], [w("line_margin"), "num"], [w("line_items")], [w("line_chance"), "num"]];
  const rows = safety.near.map((one) => el(
    "tr", { class: one.given ? "named" : "" },
    figure(String(one.rank)),
    el("th", { scope: "row" }, linked(one), " ", codeOf(one)),
    el("td", {}, dot(one.dot, one.given)),
    figure(one.margin ? (number(one.margin) > 0 ? "+" : "") + one.margin : "—"),
    el("td", { class: "quiet" }, carry(one)),
    figure(one.chance),
  ));
  const swaps = safety.swaps.map((swap) => row(
    w(`without_${swap.kind}`, { id: swap.name, title: t(swap.title) }), swap.comes.join(w("comma")), swap.goes.join(w("comma")),
  ));
  return [
    head2("line_safety"),
    el("p", {}, sentences(safety.said)),
    framed(w("line_safety"), heads, rows),
    el("p", { class: "quiet" }, w("line_legend")),
    swaps.length ? framed(w("without"), [[w("without")], [w("comes_in")], [w("goes_out")]], swaps) : null,
  ];
}

function carry({ single, fewest }) {
  const values = { n: single.length, items: single.slice(0, 6).join(w("comma")) };
  if (single.length) return single.length > 6 ? w("line_single_of", values) : w("line_single", values);
  return fewest ? w("line_fewest", { n: fewest }) : w("line_never");
}

function groupsTable(groups) {
  const heads = [[w("group")], [w("group_ranked"), "num"], [w("group_least"), "num"], [w("group_most"), "num"], [w("group_named"), "num"]];
  const rows = groups.map((one) => row(
    el("td", {}, "　".repeat(one.depth), t(one.title)), ...[one.ranked, one.least, one.most, one.named].map((n) => figure(String(n))),
  ));
  return [head2("groups"), framed(w("groups"), heads, rows)];
}

function panelTable(panel) {
  const heads = [[w("reviewer")], [w("judged_branches"), "num"], [w("judged_items"), "num"], [w("severity")]];
  const rows = panel.reviewers.map((one) => row(one.name, figure(String(one.branches)), figure(String(one.marks)), t(one.said)));
  return [head2("panel_quality"), el("p", {}, sentences(panel.said)), framed(w("panel_quality"), heads, rows)];
}

function aboutView() {
  const { questions, evidence, faults, states, files, method, reviewers, rounding } = rest();
  const [roundedAt, rule, n] = rounding;
  const warnings = faults.filter(([severity]) => severity === "warning").length;
  const counts = { all: files.scored + files.refused, ...files, warnings, repeats: evidence.length };
  const comma = state.language === "zh" ? "；" : "; ";
  return [
    instead(),
    questions.length ? [head2("to_decide"), questions.map((one) => el("p", {}, t(one.said) + stop()))] : null,
    head2("data_quality"),
    el("p", {}, w("data_files", counts)),
    states.length ? el("p", {}, states.map((one) => w("data_state", { ...one, state: w(one.state) })).join(comma) + stop()) : null,
    faultsTable("refused", faults.filter(([severity]) => severity === "error")),
    faultsTable("warned", faults.filter(([severity]) => severity === "warning")),
    evidence.length ? repeats(evidence) : null,
    head2("method"),
    table.note ? el("p", {}, t(table.note)) : null,
    method.map((clause) => el("p", {}, el("strong", {}, t(clause.title)), " ", sentences(clause.said))),
    el("p", {}, `${w("period")} ${table.first_day} — ${table.last_day}${stop()}${capital(w(`rounding_${roundedAt}`, { rule: w(rule), n }))}${stop()}`),
    table.legal_basis.length ? el("p", {}, w("legal_basis"), w("colon"), table.legal_basis.map((one) => t(one.document)).join(comma) + stop()) : null,
    reviewers.length ? el("p", {}, w("reviewers"), w("colon"), reviewers.join(w("comma")) + stop()) : null,
  ];
}

function faultsTable(name, faults) {
  if (!faults.length) return null;
  const rows = faults.map(([, code, place, cause, mend]) => row(el("td", {}, el("code", {}, place)), code, sentences([cause, mend])));
  return [el("h3", {}, w(name)), framed(w(name), [[w("place")], [w("code"), "few"], [w("fault")]], rows)];
}

function repeats(groups) {
  const entry = (one) => el("div", {}, one.run ? `${one.run} ${one.branch}` : el("a", { href: address(one.branch) }, one.branch), ` ${one.id} ${one.file}`);
  const rows = groups.map((group, at) => row(w("proof_nth_group", { n: at + 1 }), w(`proof_same_${group.way}`), el("td", {}, group.entries.map(entry))));
  return [head2("proof_twice"), el("p", { class: "quiet" }, w("proof_twice_note")), framed(w("proof_twice"), [["", "few"], [w("proof_repeats")], [w("files")]], rows)];
}

// What differs from the run that this one is instead of.
function instead() {
  const { instead_of: earlier, changes } = rest();
  if (!earlier) return null;
  const both = (change, said) => {
    const [before, after] = [change.before, change.after].map((side) => (side ? said(side) : "—"));
    return before === after ? after : `${before} → ${after}`;
  };
  const ends = (one) => (one.low === one.high ? one.low : `${one.low} — ${one.high}`);
  const heads = [[w("branch")], [w("rank"), "num"], [w("total"), "num"], [w("outcome")], [w("before_after")]];
  const rows = changes.map((change) => row(
    el("th", { scope: "row" }, byCode.has(change.code) ? linked(change) : change.name, " ", codeOf(change), " ", mark(w(`way_${change.way}`))),
    figure(both(change, (side) => String(side.rank ?? "—"))),
    figure(both(change, ends)),
    both(change, (side) => w(side.outcome)),
    el("td", {}, change.lines.map((one) => changedLine(one, both(one, ends))), change.sheets.map(changedSheet)),
  ));
  return [
    head2("instead_of"),
    el("p", {}, w("instead_of_run", earlier) + stop(), el("br"), quiet(w("instead_of_hash", earlier))),
    rows.length ? framed(w("instead_of"), heads, rows) : el("p", {}, w("counted_same", { n: branches.length }) + stop()),
  ];
}

function changedLine(one, points) {
  const title = one.kind === "item" ? `${one.id} ${t(one.title)}` : w(`beside_${one.kind}`, { title: t(one.title) });
  const why = (name, said) => (said ? el("div", { class: "quiet" }, w(name), w("colon"), t(said)) : null);
  return el("div", {}, `${title} ${points}`, why("why_before", one.why_before), why("why_after", one.why_after));
}

function changedSheet(one) {
  const told = [one.reviewer, one.of, t(one.what)].filter(Boolean).join(" ");
  return el("div", {}, `${one.way === "added" ? "+" : "−"} ${w(`sheet_${one.kind}`)}${w("colon")}${told}`, one.reason ? [" ", quiet(one.reason)] : null);
}
