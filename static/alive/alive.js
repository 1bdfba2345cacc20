/* A long form asks the server nothing by itself: say that somebody is still typing. */
const EVERY = 4 * 60 * 1000;
let busy = false;
["pointerdown", "keydown"].forEach((name) => addEventListener(name, () => { busy = true; }, { passive: true }));
setInterval(() => {
  if (busy) { fetch("/" + document.documentElement.lang + "/alive").catch(() => {}); }
  busy = false;
}, EVERY);
