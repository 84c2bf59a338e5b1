// Pictures, drawn as SVG in shares of their width, so that letters keep their size when a screen is
// narrow and lines stay sharp on paper. Every figure in them stands beside them as text, too.

const share = (value, whole) => `${Math.min(Math.max((100 * value) / whole, 0), 100)}%`;

// How many totals lie in each band; the band of `own` is dark.
function bandsPicture(own = null) {
  const bands = head.spread.bands;
  const most = Math.max(1, ...bands.map((band) => band.number));
  const step = 100 / bands.length;
  const every = Math.ceil(bands.length / 12);
  const bars = bands.map((band, n) => {
    const height = (120 * band.number) / most;
    const ours = own !== null && number(band.low) <= own && own < number(band.high);
    const middle = `${(n + 0.5) * step}%`;
    return [
      draw("rect", {
        x: `${(n + 0.08) * step}%`, y: 146 - height, width: `${0.84 * step}%`, height,
        class: own === null || ours ? "bar" : "bar faint",
      }),
      band.number ? draw("text", { x: middle, y: 140 - height, class: "count" }, String(band.number)) : null,
      n % every ? null : draw("text", { x: `${n * step}%`, y: 164, class: "end" }, band.low),
    ];
  });
  const told = bands.map((band) => `${band.low}–${band.high}: ${band.number}`).join("; ");
  const label = `${w("spread")}${w("colon")}${told}`;
  const ground = draw("line", { x1: 0, y1: 146.5, x2: "100%", y2: 146.5, class: "ground" });
  return draw("svg", { class: "bands", role: "img", "aria-label": label }, bars, ground);
}

// A branch on one line of the table: its bar, and below it where its peers are.
function strip(points, line) {
  const whole = Math.max(number(line.points), 1);
  const at = (name) => share(number(line[name]), whole);
  const width = (from, to) => `${parseFloat(to) - parseFloat(from)}%`;
  const certain = share(number(low(points)), whole);
  return draw(
    "svg", { class: "strip", "aria-hidden": "true" },
    draw("rect", { x: 0, y: 2, width: "100%", height: 11, class: "ground-bar" }),
    draw("rect", { x: 0, y: 2, width: share(number(high(points)), whole), height: 11, class: "maybe" }),
    draw("rect", { x: 0, y: 2, width: certain, height: 11, class: "bar" }),
    draw("line", { x1: at("lowest"), x2: at("highest"), y1: 20, y2: 20, class: "thin" }),
    draw("rect", { x: at("lower"), y: 17, width: width(at("lower"), at("upper")), height: 6, class: "half" }),
    draw("line", { x1: at("median"), x2: at("median"), y1: 15, y2: 25, class: "median" }),
  );
}

// Where a branch lies from the line between in and out.
function dot(place, given) {
  const line = draw("line", { x1: "50%", x2: "50%", y1: 0, y2: 22, class: "cut" });
  const far = place && draw("line", { x1: "50%", x2: `${place}%`, y1: 11, y2: 11, class: "thin" });
  const round = place && draw("circle", { cx: `${place}%`, cy: 11, r: 5, class: given ? "in" : "out" });
  return draw("svg", { class: "dot", "aria-hidden": "true" }, line, far ?? null, round ?? null);
}

// The branch's parts and total against the ranked branches, each with its figures in words.
function peersPicture(branch) {
  const { lines, number: n } = head.spread;
  const parts = table.sections.map((section, at) => [section, branch.parts[at]]);
  const dimensions = parts.filter(([section]) => section.kind === "dimension" && lines[section.id]);
  const rows = dimensions.map(([section, points]) => [t(section.title), points, lines[section.id]]);
  if (lines.total) rows.push([w("total"), branch.points, lines.total]);
  return el(
    "div", { class: "peers" },
    rows.map(([title, points, line]) => el(
      "div", { class: "peer" },
      el("div", {}, title),
      strip(points, line),
      el("div", { class: "num" }, `${span(points)} / ${line.points}`),
      quiet(`${w("median_is", line)}${w("then")}${w("middle_half", line)}`),
    )),
    el("p", { class: "quiet" }, w("peers_legend", { n })),
  );
}
