/* Nobody has touched the page for fifteen minutes: lock it, so that nothing is left to read. */
const lock = document.getElementById("lock");
let waiting = 0;
function touched() {
  clearTimeout(waiting);
  waiting = setTimeout(() => lock.submit(), 15 * 60 * 1000);
}
if (lock) {
  ["pointerdown", "keydown", "scroll"].forEach((name) => addEventListener(name, touched, { passive: true }));
  touched();
}
