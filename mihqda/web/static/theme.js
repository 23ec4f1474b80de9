// Before anything is painted: the colours and the size that this browser remembers (prefs.js keeps them).
try {
  const prefs = JSON.parse(localStorage.getItem("mihqda.prefs") ?? "{}");
  if (prefs.theme) document.documentElement.dataset.theme = prefs.theme;
  if (prefs.textSize) document.documentElement.dataset.textSize = prefs.textSize;
} catch {
  // nothing is remembered
}
