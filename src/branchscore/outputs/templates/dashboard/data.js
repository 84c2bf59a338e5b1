// What the page carries, and how it is said in the reader's language. The forms of these data are
// made by outputs/dashboard_data.py. Texts of users become text nodes only, never markup.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const head = read("head");
const table = head.table;
const branches = head.branches.map(([code, name, rank, outcome, grade, points, parts], index) => (
  { code, name, rank, outcome, grade, points, parts, index }
));
const byCode = new Map(branches.map((branch) => [branch.code, branch]));
const state = {
  language: head.language,
  large: false,
  text: "",
  outcome: "",
  grade: "",
  sort: "rank",
  down: false,
  from: 0,
  chosen: [],
  short: false,
  apart: false,
};

const kept = new Map();
const once = (id) => kept.get(id) ?? kept.set(id, read(id)).get(id);
const rest = () => once("rest");

// A branch's details, and `say` for the sentences they give by number.
function detailsOf(branch) {
  const chunk = once(`details-${Math.floor(branch.index / head.chunk)}`);
  const say = (number) => (number === null ? "" : t(chunk.wordings[number]));
  return { ...chunk.branches[branch.index % head.chunk], say };
}

const t = (both) => both[state.language];
const w = (name, values = {}) => t(head.words[name]).replace(/\{(\w+)\}/g, (_, key) => values[key]);
const stop = () => w("stop");
// Sentences in English begin with a capital letter; characters have none.
const sentences = (list) => list.map((one) => capital(t(one)) + stop()).join("");
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const inBrackets = (text) => (state.language === "zh" ? `（${text}）` : ` (${text})`);
const span = (points) => points.replace(" ", " — ");
const address = (...codes) => `#${codes.map(encodeURIComponent).join("/")}`;

// Points are exact texts such as `−1.5` or `5/6`: as a number only to sort and to draw.
function number(text) {
  const [top, bottom = "1"] = text.replace("−", "-").replace("∞", "Infinity").split("/");
  return Number(top) / Number(bottom);
}

const low = (points) => points.split(" ")[0];
const high = (points) => points.split(" ").slice(-1)[0];

// The exact difference of two decided points, or nothing.
function difference(one, other) {
  if (/[ ∞]/.test(one + other) || !one || !other) return "";
  const [a, b] = [one, other].map(exactly);
  const sum = a.top * b.bottom - b.top * a.bottom;
  const by = a.bottom * b.bottom;
  const sign = sum > 0n ? "+" : sum < 0n ? "−" : "";
  return sign + written(sum < 0n ? -sum : sum, by, Math.max(a.places, b.places));
}

function exactly(text) {
  const [top, bottom = "1"] = text.replace("−", "-").split("/");
  const places = top.split(".")[1]?.length ?? 0;
  return { top: BigInt(top.replace(".", "")), bottom: BigInt(bottom) * 10n ** BigInt(places), places };
}

function written(top, bottom, least) {
  for (let places = least; places < 9; places += 1) {
    const scaled = top * 10n ** BigInt(places);
    if (scaled % bottom === 0n) {
      const digits = String(scaled / bottom).padStart(places + 1, "0");
      return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
    }
  }
  let [a, b] = [top, bottom];
  while (b) [a, b] = [b, a % b];
  return `${top / a}/${bottom / a}`;
}

// Elements. A function among the attributes listens; true stands alone, false and null are left out.
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== "" && child !== false));
  return node;
}

const el = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

// Every name of an element of a picture is looked up in the namespace of the first.
const SVG = document.getElementById("picture").namespaceURI;
const draw = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

const head2 = (name) => el("h3", {}, w(name));
const row = (...cells) => el("tr", {}, cells.map((cell) => (cell instanceof Element ? cell : el("td", {}, cell))));
const figure = (text, more = "") => el("td", { class: `num ${more}` }, text);

// A table in a frame that scrolls by itself where a screen is narrow.
function framed(label, heads, rows, name = "") {
  const cells = heads.map(([text, kind = ""]) => el(text ? "th" : "td", { class: kind, scope: text ? "col" : null }, text));
  const whole = el("table", { class: name, "aria-label": label }, el("thead", {}, el("tr", {}, cells)), el("tbody", {}, rows));
  return el("div", { class: "frame", role: "region", "aria-label": label, tabindex: "0" }, whole);
}

const linked = (branch) => el("a", { href: address(branch.code) }, branch.name);
const codeOf = (branch) => el("span", { class: "quiet code" }, branch.code);
const quiet = (...children) => el("span", { class: "quiet" }, children);
const mark = (...children) => el("span", { class: "mark" }, children);
