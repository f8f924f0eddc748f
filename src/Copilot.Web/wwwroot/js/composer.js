// Enter sends and Shift+Enter breaks the line. Listened for on the document, so that it holds from the first drawing on.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("textarea[data-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
document.addEventListener("input", event => {
  if (!event.target.matches?.("textarea[data-sends]")) return;
  event.target.style.height = "auto";
  event.target.style.height = `${Math.min(event.target.scrollHeight + 2, 200)}px`;
});

// What pops up goes away again: on Escape, on a press outside, and once its question is asked.
const closePopups = except => document.querySelectorAll("details[data-pops][open]").forEach(popup => { if (!popup.contains(except)) popup.open = false; });
document.addEventListener("pointerdown", event => closePopups(event.target));
document.addEventListener("submit", () => closePopups(null));
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details[data-pops][open]");
  closePopups(null);
  open?.querySelector("summary")?.focus();
});
document.addEventListener("click", event => { if (event.target.closest?.("details[data-pops] .pop button")) closePopups(null); });
