/* One item a screen. Without script the form is one page and works.
 * Answers live in the form's own fields and nowhere else: no storage, no URL, no
 * history entry holds one (a history entry holds a screen's number only).
 * ES2017, strict CSP: no inline style in markup, no eval, no document.write.
 * The files of this folder are sent as one script, in order of their names. */
var WARN = 13 * 60000, END = 15 * 60000, RETRY = [1500, 4000], PATIENCE = 30000;
var root = document.documentElement;
var form, say, items, intro, trouble, sendParts, bar, row, review, lead, status, base;
var now = -1, sent = false, busy = false, home = "", touched = Date.now(), idle = null, before = null;

function all(selector, from) { return [].slice.call((from || document).querySelectorAll(selector)); }
function make(tag, name, text) {
  var el = document.createElement(tag);
  if (name) { el.className = name; }
  if (text !== undefined) { el.textContent = text; }
  return el;
}
function button(name, text, act) {
  var el = make("button", name, text);
  el.type = "button";
  el.addEventListener("click", act);
  return el;
}
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : whole; });
}
function retag(el, tag) {
  if (el.localName === tag) { return el; }
  var other = make(tag, el.className), i;
  for (i = 0; i < el.attributes.length; i += 1) { other.setAttribute(el.attributes[i].name, el.attributes[i].value); }
  while (el.firstChild) { other.appendChild(el.firstChild); }
  el.parentNode.replaceChild(other, el);
  return other;
}

/* ---- answers ---- */
function value(item) {
  var i, box;
  for (i = 0; i < item.boxes.length; i += 1) {
    box = item.boxes[i];
    if (box.checked) { return box.value; }
  }
  return item.field ? item.field.value.trim() : "";
}
function isOpen(item) {
  var over = item.when && items.filter(function (other) { return other.el.id === item.when; })[0];
  return !item.when || Boolean(over && isOpen(over) && item.codes.indexOf(value(over)) >= 0);
}
function open() { return items.filter(isOpen); }
function within(item) {
  var text = value(item);
  return text === "declined" || (/^-?\d+$/.test(text) && +text >= item.low && +text <= item.high);
}
function refresh() {
  items.forEach(function (item) {
    var is = isOpen(item);
    if (!is && !item.el.disabled) {
      item.boxes.forEach(function (box) { box.checked = false; });
      if (item.field) { item.field.value = ""; }
      item.seen = item.asked = false;
      unsay(item);
    }
    item.el.disabled = !is;
    item.boxes.forEach(function (box) { box.parentNode.classList.toggle("on", box.checked); });
    if (item.draw) { item.draw(); }
  });
}
function changed(item, target) {
  if (item.field) {
    if (target === item.field && item.field.value.trim()) {
      item.boxes.forEach(function (box) { box.checked = false; });
    } else if (target !== item.field && target.checked) {
      item.field.value = "";
    }
    if (item.by) { item.by.value = "number"; }
  }
  unsay(item);
  refresh();
  if (bar) { progress(); }
}
function unsay(item) {
  all(".error", item.el).forEach(function (el) { el.parentNode.removeChild(el); });
  if (item.field) { item.field.removeAttribute("aria-invalid"); item.field.removeAttribute("aria-describedby"); }
}
function tell(item, text) {
  unsay(item);
  var el = make("p", "error");
  el.id = item.el.id + ".error";
  el.lang = root.lang;
  el.setAttribute("role", "alert");
  item.el.appendChild(el);
  el.textContent = text;
  return el;
}
