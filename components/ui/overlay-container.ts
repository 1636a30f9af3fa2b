/**
 * Where something that floats is put: into the page's main part, so that nothing stands outside the landmarks, except
 * while a dialog is open, which makes the page below it inert.
 */
export function overlayContainer() {
  if (document.querySelector("[role=dialog][data-open], [role=alertdialog][data-open]")) return undefined;
  return document.querySelector("main") ?? undefined;
}
