// The frame of the page, and which view stands in it. The address tells the view: `#` the ranking,
// `#JA-07` a branch, `#JA-07/JA-09` two of them, `#/spread` and `#/about` the whole evaluation.

const VIEWS = () => [["#", w("ranking")], ["#/spread", w("view_spread")], ["#/about", w("view_about")]];

function asked() {
  const [one, other] = location.hash.slice(1).split("/").map(decoded);
  if (!one) return { spread: [w("view_spread"), spreadView], about: [w("view_about"), aboutView] }[other] ?? [w("ranking"), rankingView];
  const lost = [one, other].find((code) => code !== undefined && !byCode.has(code));
  if (lost !== undefined) return [w("no_such_branch", { code: lost }), () => steps({ index: NaN })];
  const [a, b] = [byCode.get(one), byCode.get(other)];
  return b ? [w("comparison"), () => compareView(a, b)] : [a.name, () => branchView(a)];
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function counts() {
  const values = { all: branches.length, quota: table.quota };
  values.ranked = branches.filter((branch) => branch.rank).length;
  values.named = branches.filter((branch) => branch.outcome === "named").length;
  return table.quota ? w("counts", values) : w("counts_open", values);
}

function showHead() {
  const other = state.language === "zh" ? "en" : "zh";
  const turn = () => {
    state.language = other;
    showHead();
    show();
    document.getElementById("language").focus();
  };
  const enlarge = (event) => {
    state.large = !state.large;
    document.documentElement.classList.toggle("large", state.large);
    event.currentTarget.setAttribute("aria-pressed", String(state.large));
  };
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.getElementById("head-of-page").replaceChildren(
    el("div", { class: "tools" },
      el("button", { type: "button", id: "language", lang: other === "zh" ? "zh-CN" : "en", click: turn }, other === "zh" ? "中文" : "English"),
      el("button", { type: "button", id: "large", "aria-pressed": String(state.large), click: enlarge }, w("large_type")),
      el("button", { type: "button", id: "print", click: () => window.print() }, w("print_page"))),
    el("p", { class: "kicker" }, t(table.batch), head.fictional ? [" · ", mark(w("fictional"))] : null),
    el("h1", {}, t(table.title)),
    el("p", {}, counts() + stop()),
  );
  const skip = document.getElementById("skip");
  skip.textContent = w("skip_to_page");
}

function showViews() {
  const here = VIEWS().some(([to]) => to === location.hash) ? location.hash : "#";
  const links = VIEWS().map(([to, name]) => el("a", { href: to, "aria-current": to === here ? "page" : null }, name));
  const nav = document.getElementById("views");
  nav.setAttribute("aria-label", w("views"));
  nav.replaceChildren(...links);
}

function show() {
  const [title, view] = asked();
  showViews();
  document.title = `${title} · ${t(table.title)}`;
  const heading = el("h2", { id: "title", tabindex: "-1" }, title);
  document.getElementById("view").replaceChildren(heading, ...[view()].flat(4).filter(Boolean));
  if (view === rankingView) {
    showRows();
    showChosen();
  }
}

function skipTo(event) {
  event.preventDefault();
  document.getElementById("title").focus();
}

document.getElementById("page").append(
  el("a", { id: "skip", href: "#title", click: skipTo }),
  el("header", { id: "head-of-page" }),
  el("nav", { id: "views" }),
  el("main", { id: "view" }),
);
showHead();
show();
window.addEventListener("hashchange", () => {
  show();
  window.scrollTo(0, 0);
  document.getElementById("title").focus({ preventScroll: true });
});
// Paper shows all rows that fit the filter, and what can be folded is unfolded.
window.addEventListener("beforeprint", () => {
  if (document.getElementById("rows")) showRows(true);
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.classList.add("for-print");
    one.open = true;
  }
});
window.addEventListener("afterprint", () => {
  if (document.getElementById("rows")) showRows();
  for (const one of document.querySelectorAll("details.for-print")) {
    one.classList.remove("for-print");
    one.open = false;
  }
});
