// Keys that work on every page, and a sign of life: a page that is drawn by a server must tell when that says nothing.
(() => {
  const typing = element => element?.matches?.("input, textarea, select, [contenteditable]");
  const open = id => {
    const dialog = document.getElementById(id);
    if (!dialog || document.querySelector("dialog[open]")) return;
    dialog.showModal();
    dialog.querySelector("input")?.focus();
  };
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("palette");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const box = document.querySelector("[data-find]") ?? document.getElementById("question");
      event.preventDefault();
      if (box) box.focus(); else Blazor.navigateTo("/");
    } else if (event.key === "?") {
      event.preventDefault();
      open("keys");
    }
  });
  // In the palette the arrows go through what was found, Enter follows the first, and following closes it.
  document.addEventListener("keydown", event => {
    const palette = event.target.closest?.("dialog#palette");
    if (!palette) return;
    const links = [...palette.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] ?? palette.querySelector("input")).focus();
    } else if (event.key === "Enter" && at < 0) {
      event.preventDefault();
      links[0]?.click();
    }
  });
  document.addEventListener("click", event => {
    if (event.target.closest?.("dialog#palette a")) document.getElementById("palette").close();
    else if (event.target.matches?.("dialog.over")) event.target.close();
  });

  // What was sent and is still in the box after three seconds was not heard.
  const Patience = 3000;
  document.addEventListener("submit", event => {
    const box = event.target.querySelector?.("textarea[data-sends]");
    const sent = box?.value.trim();
    if (!sent) return;
    const note = document.getElementById("server-silent");
    const from = Date.now();
    const look = setInterval(() => {
      const heard = !box.isConnected || box.value.trim() !== sent;
      if (heard) { clearInterval(look); note.classList.remove("seen"); note.textContent = ""; return; }
      if (Date.now() - from < Patience) return;
      note.textContent = `The server has not answered for ${Math.round((Date.now() - from) / 1000)} s. Your question is kept in the box.`;
      note.classList.add("seen");
    }, 500);
  }, true);
})();
