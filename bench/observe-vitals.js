// Runs in the page, before anything of it: plain, as what a compiler adds would be missing there.
window.vitals = { lcp: 0, cls: 0, inp: 0 };

const observe = (type, take, more = {}) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
    type,
    buffered: true,
    ...more,
  });

observe("largest-contentful-paint", ({ startTime }) => {
  window.vitals.lcp = startTime;
});
observe("layout-shift", ({ hadRecentInput, value }) => {
  if (!hadRecentInput) window.vitals.cls += value;
});
observe(
  "event",
  ({ interactionId, duration }) => {
    if (interactionId) window.vitals.inp = Math.max(window.vitals.inp, duration);
  },
  { durationThreshold: 16 },
);
