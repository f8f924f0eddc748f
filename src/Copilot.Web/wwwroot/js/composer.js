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
