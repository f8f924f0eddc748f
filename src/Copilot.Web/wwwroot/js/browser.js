// The few things that only the browser knows or can do.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
export const theme = () => window.copilotTheme.current();
export const setTheme = value => window.copilotTheme.set(value);
export const name = () => localStorage.getItem("name") ?? "";
export const setName = value => localStorage.setItem("name", value);
// Outside a secure context there is no clipboard: an old way still copies there, and where it does not, the page must know.
export const copy = async text => {
  try {
    if (navigator.clipboard) { await navigator.clipboard.writeText(text); return true; }
  } catch { /* not allowed: the old way may be */ }
  const box = Object.assign(document.createElement("textarea"), { value: text });
  box.style.position = "fixed";
  box.style.opacity = "0";
  const focused = document.activeElement;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  focused?.focus?.();
  return done;
};

// Follows an answer down as it grows, until its question has reached the top: from there on the reader scrolls.
export const follow = (element, force) => {
  if (!element) return;
  const last = [...element.querySelectorAll("article")].at(-1);
  // Without a question there is nothing to follow: the first page is read from its top.
  if (!last) return;
  const end = element.scrollHeight - element.clientHeight;
  const target = Math.min(end, last.offsetTop - 16);
  const near = target - element.scrollTop < element.clientHeight;
  if (target > element.scrollTop && (near || force)) element.scrollTop = target;
};

export const shrink = textarea => { textarea.style.height = "auto"; };

// Arrow keys move through the rows by themselves: the page must not scroll under them.
export const keepArrows = element => element.addEventListener("keydown", event => {
  if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(event.key)
      && event.target === element) event.preventDefault();
});
export const reveal = (scroller, top, height) => {
  if (!scroller) return;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height - scroller.clientHeight;
};
export const focus = id => document.getElementById(id)?.focus();
// What had the focus may be gone by now; what has it keeps it.
export const rest = element => { if (!document.activeElement || document.activeElement === document.body) element?.focus(); };
