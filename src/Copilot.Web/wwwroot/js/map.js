// Draws the map with WebGL. What stands where, what is drawn and what is not was decided by the server; here it only gets its colours.
const drawn = new WeakMap();
const loaded = new Map();

const load = address => {
  if (!loaded.has(address))
    loaded.set(address, new Promise((done, failed) =>
      document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }))));
  return loaded.get(address);
};

// The style sheet's colours, whatever the theme: WebGL knows neither variables nor light-dark().
const ink = () => {
  const probe = document.body.appendChild(document.createElement("span"));
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (name, alpha = 1) => {
    probe.style.color = `var(${name})`;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgba(${r}, ${g}, ${b}, ${alpha})`;
  };
  const colours = {
    text: read("--ink"), veil: read("--surface", 0.75), behind: read("--surface"), trouble: read("--bad"), failing: read("--warn"), well: read("--good"),
    silent: read("--line-strong"), peer: read("--ink-faint"), line: read("--line-strong", 0.38), faint: read("--line", 0.5),
    group: read("--accent-soft"), open: read("--calm-soft"), groupTrouble: read("--bad-soft"), groupFailing: read("--warn-soft"),
    strong: read("--accent"), fails: read("--bad", 0.75), font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
};

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const colourOf = (mark, colours) => {
  if (mark.kind === "group" || mark.kind === "opened")
    return mark.health === "trouble" ? colours.groupTrouble : mark.health === "failing" ? colours.groupFailing
      : mark.kind === "group" ? colours.group : colours.open;
  if (mark.health === "trouble") return colours.trouble;
  if (mark.health === "failing") return colours.failing;
  if (mark.kind === "peer") return colours.peer;
  return mark.health === "silent" ? colours.silent : colours.well;
};

const shapeOf = mark =>
  mark.kind === "group" || mark.kind === "opened" ? "circle"
    : mark.kind === "peer" ? "square"
      : mark.health === "trouble" ? "diamond" : mark.health === "failing" ? "triangle" : "circle";

// A group's name stands in its circle.
const short = label => label.length <= 30 ? label : `${label.slice(0, 20)}…${label.slice(label.lastIndexOf(" ("))}`;

const graphOf = (picture, colours) => {
  const graph = new window.graphology.Graph({ type: "directed" });
  const isGroup = mark => mark.kind === "group" || mark.kind === "opened";
  const few = !picture.grouped && picture.marks.length <= 40;
  // On the screen a mark keeps its size; in a group it has the size of its place.
  const size = mark => picture.grouped ? mark.radius : (mark.strong ? 11 : 8) * (few ? 1 : 0.7);
  for (const mark of picture.marks)
    graph.addNode(mark.key, {
      x: mark.at.x, y: mark.at.y, size: size(mark), label: isGroup(mark) ? short(mark.label) : mark.label, color: colourOf(mark, colours), shape: shapeOf(mark),
      order: mark.kind === "opened" ? 0 : mark.kind === "group" ? 1 : mark.health === "trouble" ? 4 : mark.health === "failing" ? 3 : 2,
      shown: mark.strong || isGroup(mark) || few ? "visible" : "auto",
      group: isGroup(mark), opened: mark.kind === "opened", strong: mark.strong,
    });
  for (const line of picture.lines)
    graph.addEdge(line.from, line.to, {
      size: 0.8 + line.weight ** 2 * (picture.grouped ? 3.2 : 4),
      color: line.strong ? colours.strong : line.fails ? colours.fails : colours.line,
      order: line.strong ? 2 : line.fails ? 1 : 0,
    });
  return graph;
};

const build = (host, picture) => {
  const colours = ink();
  const { Sigma } = window;
  const { sdfCircle, sdfSquare, sdfTriangle, sdfDiamond, extremityArrow, pathCurved } = Sigma.rendering;
  const state = { found: null };
  const sigma = new Sigma(graphOf(picture, colours), host, {
    primitives: {
      nodes: { shapes: [sdfCircle(), sdfSquare(), sdfTriangle(), sdfDiamond()] },
      edges: { paths: [pathCurved()], extremities: [extremityArrow()] },
      // Calls run over the circles of groups and under the marks.
      depthLayers: ["discs", "edges", "nodes"],
    },
    settings: {
      itemSizesReference: picture.grouped ? "positions" : "screen", allowInvalidContainer: true, enableCameraRotation: false,
      labelDensity: 2, labelRenderedSizeThreshold: 3, minEdgeThickness: 1, stagePadding: 44, nodePickingPadding: 4,
      inertiaDuration: still() ? 0 : 200, zoomDuration: still() ? 0 : 200, minCameraRatio: 0.02, maxCameraRatio: 2,
      autoRescaleContent: picture.grouped ? "nodes" : "labels",
    },
    styles: {
      nodes: {
        x: { attribute: "x" }, y: { attribute: "y" }, size: { attribute: "size" }, shape: { attribute: "shape" },
        color: { attribute: "color" }, label: { attribute: "label" }, zIndex: { attribute: "order" },
        labelVisibility: { whenState: "isHovered", then: "visible", else: { attribute: "shown" } },
        labelPosition: attributes => attributes.opened ? "above" : attributes.group ? "over" : "right",
        labelColor: colours.text, labelFont: colours.font, labelSize: attributes => attributes.strong ? 14 : 12,
        labelDepth: "nodes", labelBackgroundColor: colours.veil, labelBackgroundPadding: 2, cursor: "pointer",
        depth: attributes => attributes.group ? "discs" : "nodes",
      },
      edges: {
        size: { attribute: "size" }, color: { attribute: "color" }, zIndex: { attribute: "order" }, path: "curved", curvature: 0.15, head: "arrow", depth: "edges",
      },
      stage: { background: colours.behind },
    },
    nodeReducer: (key, data) => !state.found || state.found.has(key) ? {} : { opacity: 0.15, labelVisibility: "hidden" },
    edgeReducer: (key, data, attributes, edgeState, graphState, graph) => {
      const [from, to] = graph.extremities(key);
      if (state.found && !(state.found.has(from) && state.found.has(to))) return { opacity: 0.08 };
      if (state.hovered && from !== state.hovered && to !== state.hovered) return { opacity: 0.12 };
      return {};
    },
  });
  sigma.on("clickNode", ({ node }) => entry(host)?.page.invokeMethodAsync("Choose", node));
  sigma.on("enterNode", ({ node }) => { state.hovered = node; sigma.refresh(); });
  sigma.on("leaveNode", () => { state.hovered = null; sigma.refresh(); });
  return { sigma, state };
};

const entry = host => drawn.get(host);

// A theme that is chosen while the map stands there changes every colour.
const watchTheme = host => {
  const again = () => { const at = entry(host); if (at) redraw(host, at.picture, at.sigma.getCamera().getState()); };
  const media = matchMedia("(prefers-color-scheme: dark)");
  const watch = new MutationObserver(again);
  watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  media.addEventListener("change", again);
  return () => { watch.disconnect(); media.removeEventListener("change", again); };
};

const redraw = (host, picture, camera) => {
  const at = entry(host);
  at.sigma?.kill();
  Object.assign(at, build(host, picture), { picture });
  if (camera) at.sigma.getCamera().setState(camera);
};

export const draw = async (host, bytes, page, ...libraries) => {
  const begun = performance.now();
  const picture = JSON.parse(new TextDecoder().decode(bytes));
  try {
    for (const library of libraries) await load(library);
    if (!host.isConnected) return true;
    const known = entry(host);
    if (!known) drawn.set(host, { page, forget: watchTheme(host) });
    // Reading again leaves the reader where the reader was; another picture begins as a whole.
    const same = known?.picture && known.picture.marks.length === picture.marks.length && known.picture.grouped === picture.grouped;
    redraw(host, picture, same ? known.sigma.getCamera().getState() : null);
    host.dataset.drawn = Math.round(performance.now() - begun);
    return true;
  } catch (failure) {
    console.warn("The map cannot be drawn:", failure);
    return false;
  }
};

export const find = (host, keys) => {
  const at = entry(host);
  if (!at) return;
  at.state.found = keys ? new Set(keys) : null;
  at.sigma.refresh();
};

export const zoom = (host, step) => {
  const camera = entry(host)?.sigma.getCamera();
  if (!camera) return;
  const motion = { duration: still() ? 0 : 200 };
  if (step === 0) camera.animatedReset(motion);
  else if (step < 0) camera.animatedZoom(motion);
  else camera.animatedUnzoom(motion);
};

export const forget = host => {
  const at = entry(host);
  at?.forget();
  at?.sigma?.kill();
  drawn.delete(host);
};
