/* ---- nobody is there ---- */
function calm() {
  if (!idle) { return; }
  idle.parentNode.removeChild(idle);
  idle = null;
  if (before && before.focus && document.contains(before)) { before.focus(); }
}
function stay() { touched = Date.now(); calm(); }
function watch() {
  if (!form) { return; }
  var gone = Date.now() - touched;
  if (gone >= END) {
    forget();
    document.getElementById("main").textContent = "";
    sent = true;
    location.replace(home);
  } else if (gone >= WARN && !idle) {
    before = document.activeElement;
    idle = make("div", "idle");
    var text = make("p", "", say.idle);
    text.id = "idle.text";
    idle.setAttribute("role", "alertdialog");
    idle.setAttribute("aria-labelledby", text.id);
    idle.appendChild(text);
    idle.appendChild(button("btn", say.stay, stay));
    document.getElementById("main").appendChild(idle);
    idle.lastChild.focus();
  }
}
function alive(event) {
  if (!form) { return; }
  watch(); /* a phone that slept past the end: too late, before this touch counts */
  if (!form || (idle && idle.contains(event.target))) { return; }
  touched = Date.now();
  if (idle) { before = null; calm(); }
}
