// A stretch dragged on a chart becomes the page's time. Listened for on the document: charts come and go.
(() => {
  const Least = 6;
  let drag = null;
  document.addEventListener("pointerdown", event => {
    const plot = event.target.closest?.(".plot[data-brush]");
    if (!plot || event.button !== 0) return;
    const mark = document.createElement("span");
    mark.className = "brushed";
    mark.style.cssText = "position:absolute;inset-block:0;background:color-mix(in srgb, var(--accent) 22%, transparent);pointer-events:none";
    drag = { plot, from: event.clientX, mark };
    event.preventDefault();
  });
  document.addEventListener("pointermove", event => {
    if (!drag) return;
    const box = drag.plot.getBoundingClientRect();
    const [left, right] = [drag.from, event.clientX].map(x => Math.min(Math.max(x, box.left), box.right)).sort((a, b) => a - b);
    if (right - left < Least) return;
    if (!drag.mark.isConnected) drag.plot.append(drag.mark);
    drag.mark.style.left = `${left - box.left}px`;
    drag.mark.style.width = `${right - left}px`;
    drag.stretch = [(left - box.left) / box.width, (right - box.left) / box.width];
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { plot, mark, stretch } = drag;
    drag = null;
    mark.remove();
    if (!stretch) return;
    const [from, to] = [Number(plot.dataset.from), Number(plot.dataset.to)];
    const at = share => new Date(from + Math.round((to - from) * share)).toISOString();
    const address = new URL(location.href);
    address.searchParams.delete("last");
    address.searchParams.set("from", at(stretch[0]));
    address.searchParams.set("to", at(stretch[1]));
    Blazor.navigateTo(address.pathname + address.search);
  });
})();
// A rectangle dragged on a heat map is told to the page as shares of its plot: left, right, bottom, top.
(() => {
  const Least = 4;
  let drag = null;
  document.addEventListener("pointerdown", event => {
    const plot = event.target.closest?.(".plot[data-heat]");
    if (!plot || event.button !== 0) return;
    const mark = document.createElement("span");
    mark.style.cssText = "position:absolute;border:2px solid var(--ink);pointer-events:none";
    drag = { plot, x: event.clientX, y: event.clientY, mark };
    event.preventDefault();
  });
  document.addEventListener("pointermove", event => {
    if (!drag) return;
    const box = drag.plot.getBoundingClientRect();
    const within = (a, b, low, high) => [a, b].map(at => Math.min(Math.max(at, low), high)).sort((one, other) => one - other);
    const [left, right] = within(drag.x, event.clientX, box.left, box.right);
    const [top, bottom] = within(drag.y, event.clientY, box.top, box.bottom);
    if (right - left < Least && bottom - top < Least) return;
    if (!drag.mark.isConnected) drag.plot.append(drag.mark);
    Object.assign(drag.mark.style, {
      left: `${left - box.left}px`, top: `${top - box.top}px`, width: `${right - left}px`, height: `${bottom - top}px`,
    });
    drag.shares = [(left - box.left) / box.width, (right - box.left) / box.width, (box.bottom - bottom) / box.height, (box.bottom - top) / box.height];
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { plot, mark, shares } = drag;
    drag = null;
    mark.remove();
    const told = plot.querySelector("input[data-region]");
    if (!shares || !told) return;
    told.value = shares.map(share => Math.min(1, Math.max(0, share)).toFixed(4)).join(" ");
    told.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
