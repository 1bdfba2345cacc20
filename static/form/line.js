/* ---- the drawn line: a control that writes the number field ---- */
function line(item) {
  var box = item.el.querySelector("[data-line]");
  if (!box) { return; }
  var svg = box.querySelector("svg"), rule = make("div", "rule"), mark = null, old = null;
  var ends = box.querySelector(".ends"), points = item.high - item.low + 1;
  item.by = box.querySelector("input[type=hidden]");
  svg.parentNode.insertBefore(rule, svg);
  rule.appendChild(svg);
  ends.id = item.el.id + ".ends";
  [["role", "slider"], ["tabindex", "0"], ["aria-orientation", "horizontal"], ["aria-valuemin", item.low],
    ["aria-valuemax", item.high], ["aria-labelledby", item.text.id], ["aria-describedby", ends.id]]
    .forEach(function (pair) { rule.setAttribute(pair[0], pair[1]); });
  item.draw = function () {
    var text = item.field.value.trim(), good = text !== "" && within(item);
    if (good && !mark) {
      mark = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      mark.setAttribute("class", "mark");
      mark.setAttribute("cy", "12");
      mark.setAttribute("r", "11");
      svg.appendChild(mark);
    } else if (!good && mark) {
      svg.removeChild(mark);
      mark = null;
    }
    if (good) {
      mark.setAttribute("cx", String((+text - item.low + 0.5) * 303 / points));
      rule.setAttribute("aria-valuenow", text);
    } else { rule.removeAttribute("aria-valuenow"); }
    rule.setAttribute("aria-valuetext", good ? text : say.none);
  };
  function write(number) {
    item.field.value = String(Math.max(item.low, Math.min(item.high, number)));
    changed(item, item.field);
    item.by.value = "line";
  }
  function at(x) {
    var area = rule.getBoundingClientRect();
    write(item.low + Math.floor((x - area.left) * points / area.width));
  }
  function keep() { old = [item.field.value, item.by.value, item.boxes.map(function (b) { return b.checked; })]; }
  function undo() {
    if (!old) { return; }
    item.field.value = old[0];
    item.by.value = old[1];
    item.boxes.forEach(function (b, i) { b.checked = old[2][i]; });
    old = null;
    refresh();
  }
  rule.addEventListener("pointerdown", function (event) {
    if (event.button > 0) { return; }
    keep();
    rule.setPointerCapture(event.pointerId);
    at(event.clientX);
  });
  rule.addEventListener("pointermove", function (event) { if (old) { at(event.clientX); } });
  rule.addEventListener("pointerup", function () { old = null; });
  rule.addEventListener("pointercancel", undo); /* the finger was scrolling the page */
  if (!window.PointerEvent) { rule.addEventListener("click", function (event) { at(event.clientX); }); }
  rule.addEventListener("keydown", function (event) {
    var big = Math.max(1, Math.round((item.high - item.low) / 10)), text = item.field.value.trim();
    var from = text !== "" && within(item) ? +text : null;
    var move = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: big, PageDown: -big }[event.key];
    if (event.key === "Home") { write(item.low); } else if (event.key === "End") { write(item.high); } else if (move) {
      write(from === null ? Math.round((item.low + item.high) / 2) : from + move);
    } else { return; }
    event.preventDefault();
  });
}
