// The ranking: filters, columns to sort by, and a window of rows, so that the page never holds
// more than `WINDOW` branches, however many were evaluated.

const WINDOW = 100;
const COLUMNS = () => [
  ["rank", w("rank"), "num", (branch) => branch.rank ?? Infinity],
  ["name", w("branch"), "", (branch) => branch.name],
  ...table.sections.map((section, at) => (
    [`part-${at}`, short(section), "num part", (branch) => -number(low(branch.parts[at]))]
  )),
  ["points", w("total"), "num", (branch) => -number(low(branch.points))],
  ["grade", w("grade"), "few grade", (branch) => branch.grade],
  ["outcome", w("outcome"), "few", (branch) => w(branch.outcome)],
];

// A title too long for the head of a column is told by the section's number, as on paper.
const short = (section) => (t(section.title).length > 40 ? section.id : t(section.title));

function order(one, other) {
  if (typeof one === "string") return one.localeCompare(other, state.language === "zh" ? "zh-CN" : "en");
  return one === other ? 0 : one - other;
}

// The branches that are asked for, in the order that is asked for. Equal ones stay as ranked.
function found() {
  const text = state.text.trim().toLowerCase();
  const fits = branches.filter((branch) => (
    (!text || `${branch.code} ${branch.name}`.toLowerCase().includes(text))
    && (!state.outcome || branch.outcome === state.outcome)
    && (state.grade === "" || branch.grade === Number(state.grade))
  ));
  const key = COLUMNS().find(([name]) => name === state.sort)[3];
  const keys = new Map(fits.map((branch) => [branch, key(branch)]));
  const way = state.down ? -1 : 1;
  return fits.sort((a, b) => way * order(keys.get(a), keys.get(b)) || a.index - b.index);
}

function choice(name, label, options) {
  const ask = (event) => {
    Object.assign(state, { [name]: event.target.value, from: 0 });
    showRows();
  };
  const list = [["", w("all_of_them")], ...options];
  return el("div", { class: "field" }, el("label", { for: `by-${name}` }, label), el(
    "select", { id: `by-${name}`, change: ask },
    list.map(([value, text]) => el("option", { value, selected: String(state[name]) === String(value) }, text)),
  ));
}

function filters() {
  const search = (event) => {
    Object.assign(state, { text: event.target.value, from: 0 });
    showRows();
  };
  const clear = () => {
    Object.assign(state, { text: "", outcome: "", grade: "", from: 0 });
    show();
    document.getElementById("by-text").focus();
  };
  const outcomes = [...new Set(branches.map((branch) => branch.outcome))];
  return el(
    "form", { class: "filters", role: "search", submit: (event) => event.preventDefault() },
    el("div", { class: "field wide" },
      el("label", { for: "by-text" }, w("find_branch")),
      el("input", { id: "by-text", type: "search", value: state.text, autocomplete: "off", input: search })),
    choice("outcome", w("outcome"), outcomes.map((one) => [one, w(one)])),
    choice("grade", w("grade"), head.grades.map((one, at) => [at, t(one)])),
    el("button", { type: "button", click: clear }, w("no_conditions")),
  );
}

function headCell([name, title, kind]) {
  const on = state.sort === name;
  const sort = () => {
    Object.assign(state, { sort: name, down: on ? !state.down : false, from: 0 });
    showRows();
    document.getElementById(`sort-${name}`).focus();
  };
  const way = on ? (falls(name) !== state.down ? "descending" : "ascending") : null;
  const sign = on ? el("span", { "aria-hidden": "true" }, way === "ascending" ? " ▲" : " ▼") : "";
  return el("th", { scope: "col", class: kind, "aria-sort": way },
    el("button", { type: "button", id: `sort-${name}`, class: "sort", click: sort }, title, sign));
}

// Points begin with the most.
const falls = (name) => name === "points" || name.startsWith("part-");

function rankingRow(branch) {
  const choose = (event) => {
    const others = state.chosen.filter((code) => code !== branch.code);
    state.chosen = event.target.checked ? [...others, branch.code].slice(-2) : others;
    for (const box of document.querySelectorAll(".pick")) box.checked = state.chosen.includes(box.value);
    showChosen();
  };
  return el(
    "tr", { class: branch.outcome },
    el("td", {}, el("input", {
      type: "checkbox", class: "pick", value: branch.code, change: choose,
      checked: state.chosen.includes(branch.code), "aria-label": w("choose_branch", { name: branch.name }),
    })),
    figure(branch.rank ? String(branch.rank) : "—"),
    el("th", { scope: "row" }, linked(branch), " ", codeOf(branch)),
    branch.parts.map((points) => figure(span(points), "part")),
    figure(span(branch.points), "total"),
    el("td", { class: "few grade" }, t(head.grades[branch.grade])),
    el("td", { class: "few" }, w(branch.outcome)),
  );
}

function pager(all) {
  if (all <= WINDOW) return null;
  const go = (from, id) => () => {
    state.from = from;
    showRows();
    (document.querySelector(`#${id}:not(:disabled)`) ?? document.querySelector(".pager button:not(:disabled)")).focus();
  };
  const last = Math.floor((all - 1) / WINDOW) * WINDOW;
  return el(
    "nav", { class: "pager", "aria-label": w("pages_of") },
    el("button", { type: "button", id: "page-before", disabled: !state.from, click: go(state.from - WINDOW, "page-before") }, w("page_before")),
    el("span", { class: "num" }, w("page", { n: state.from / WINDOW + 1, m: last / WINDOW + 1 })),
    el("button", { type: "button", id: "page-after", disabled: state.from >= last, click: go(state.from + WINDOW, "page-after") }, w("page_after")),
  );
}

function showRows(whole = false) {
  const all = found();
  const part = whole ? all : all.slice(state.from, state.from + WINDOW);
  const told = w("shown_of", { n: all.length, all: branches.length });
  const more = part.length < all.length ? w("shown_part", { from: state.from + 1, to: state.from + part.length }) : "";
  document.getElementById("shown").textContent = told + more + stop();
  const heads = [el("td", { class: "choose" }, w("choose")), COLUMNS().map(headCell)];
  document.getElementById("rows").replaceChildren(
    el("thead", {}, el("tr", {}, heads)),
    el("tbody", {}, part.map(rankingRow)),
  );
  document.getElementById("after-rows").replaceChildren(
    ...[all.length ? null : el("p", {}, w("no_match")), whole ? null : pager(all.length)].filter(Boolean),
  );
}

function showChosen() {
  const names = state.chosen.map((code) => byCode.get(code).name);
  const told = names.length === 1 ? w("chosen_one", { name: names[0] }) : names.join(w("comma"));
  document.getElementById("chosen").textContent = told || w("choose_two");
  const both = document.getElementById("both");
  both.hidden = names.length < 2;
  if (!both.hidden) both.href = address(...state.chosen);
}

function rankingView() {
  return [
    filters(),
    el("div", { class: "line" },
      el("p", { id: "shown", role: "status" }),
      el("p", { class: "compare" }, el("span", { id: "chosen", role: "status" }), " ",
        el("a", { id: "both", class: "button", hidden: true, href: "#" }, w("compare_both")))),
    el("div", { class: "frame", role: "region", "aria-label": w("ranking"), tabindex: "0" },
      el("table", { id: "rows", class: "ranking", "aria-label": w("ranking") })),
    el("div", { id: "after-rows" }),
  ];
}
