// Runs before anything is drawn, so that a chosen theme never flashes the other one.
(() => {
  const chosen = localStorage.getItem("theme");
  const apply = theme => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  window.copilotTheme = {
    current: () => document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
    set: theme => { localStorage.setItem("theme", theme); apply(theme); },
  };
  apply(chosen === "dark" || chosen === "light" ? chosen : null);
})();
