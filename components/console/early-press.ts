/**
 * Runs before the console's own code: keeps ⌘K from the browser, and notes it until the palette
 * can open. / needs no note, for the search is in the page already.
 */
export const earlyPressScript = `(() => {
  const page = document.documentElement;
  page.dataset.palette = "early";
  addEventListener("keydown", function press(event) {
    if (!page.dataset.palette) return removeEventListener("keydown", press);
    const search = document.querySelector("[role=search] input");
    if (event.key === "/" && event.target === document.body && search) {
      event.preventDefault();
      search.focus();
    }
    if (!(event.metaKey || event.ctrlKey) || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    page.dataset.palette = "wanted";
  });
})();`;

/** Ends the script's work, and presses ⌘K again when it was pressed before. */
export function repeatEarlyPress(): void {
  const { dataset } = document.documentElement;
  const wanted = dataset.palette === "wanted";
  delete dataset.palette;
  if (wanted) document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
}
