/* One item a screen. Without this file the form is one page and works.
* Answers live in the form's own fields and nowhere else: no storage, no URL, no
* history entry holds one (a history entry holds a screen's number only).
* ES2017, strict CSP: no inline style in markup, no eval, no document.write. */
(function () {
 "use strict";
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

 /* ---- screens ---- */
 function progress() {
  var counted = open().filter(function (item) { return item.kind !== "respondent"; });
  var n = counted.indexOf(items[now]) + 1;
  bar.hidden = n === 0;
  bar.firstChild.textContent = fill(say.of, { n: n, total: counted.length });
  bar.lastChild.firstChild.style.width = 100 * n / counted.length + "%";
 }
 function show(index, how) {
  var item = items[index], quiet = how === "start", heading;
  if (item && !isOpen(item)) { index = items.indexOf(open().filter(function (o) { return items.indexOf(o) < index; }).pop()); item = items[index]; }
  if (trouble && !quiet) { trouble.hidden = true; }
  now = item ? index : items.length;
  items.forEach(function (other) {
   var is = other === item, part = other.el;
   part.hidden = !is;
   other.text = retag(other.text, is ? "h1" : "span");
   while ((part = part.parentNode) !== form) {
    if (part.localName === "section") { part.hidden = !(item && part.contains(item.el)); }
   }
  });
  intro.forEach(function (el) { el.hidden = item !== open()[0]; });
  review.hidden = Boolean(item);
  sendParts.forEach(function (el) { el.hidden = Boolean(item); });
  row.lastChild.hidden = !item;
  row.hidden = false;
  row.firstChild.hidden = item === open()[0];
  status.textContent = "";
  status.className = "quiet";
  review.textContent = "";
  if (item) { item.seen = true; heading = item.text; } else { heading = list(); }
  progress();
  document.title = (item && !bar.hidden ? bar.firstChild.textContent + " – " : item ? "" : say.review + " – ") + base;
  if (how === "push") {
   history.pushState({ s: now, d: depth() + 1 }, "");
  } else if (how !== "pop") {
   history.replaceState({ s: now, d: depth() }, "");
  }
  heading.tabIndex = -1;
  if (quiet && trouble) { trouble.focus(); } else if (!quiet) { heading.focus(); }
  if (!quiet) { window.scrollTo(0, 0); }
 }
 function depth() { return history.state && history.state.d || 0; }
 function forward() {
  var item = items[now], text = value(item), next;
  if (text === "" && !item.asked) {
   item.asked = true;
   tell(item, say.skip);
   return;
  }
  if (item.field && text !== "" && !within(item)) {
   item.field.setAttribute("aria-describedby", tell(item, fill(say.bounds, { low: item.low, high: item.high })).id);
   item.field.setAttribute("aria-invalid", "true");
   item.field.focus();
   return;
  }
  unsay(item);
  /* after Change, or after a form sent back: only what is still to be seen */
  next = open().filter(function (other) { return lead ? !other.seen : items.indexOf(other) > now; })[0];
  if (!next) { lead = true; }
  show(next ? items.indexOf(next) : items.length, "push");
 }
 function back() {
  if (depth() > 0) { history.back(); return; }
  var previous = open().filter(function (item) { return items.indexOf(item) < now; }).pop();
  if (previous) { show(items.indexOf(previous), "replace"); }
 }
 function label(item) {
  var text = value(item), chosen = item.boxes.filter(function (box) { return box.checked; })[0];
  if (!isOpen(item)) { return say.closed; }
  if (text === "") { return say.none; }
  if (chosen) { return chosen.parentNode.textContent.trim(); }
  var unit = item.el.querySelector(".unit");
  return text + (unit ? " " + unit.textContent : "");
 }
 function list() {
  var heading = make("h1", "", say.review), dl = make("dl", "check"), n = 0;
  review.appendChild(heading);
  review.appendChild(make("p", "", say.unsent));
  items.forEach(function (item, index) {
   var group = make("div"), dt = make("dt"), dd = make("dd", "", label(item)), act = make("dd", "act"), is = isOpen(item);
   var language = item.kind === "respondent" ? root.lang : (item.el.parentNode.lang || root.lang), name, change;
   if (item.kind !== "respondent" && is) { n += 1; dt.textContent = n + ". "; }
   name = make("span", "", item.text.textContent);
   name.lang = language;
   dt.appendChild(name);
   if (item.kind !== "respondent") { name.setAttribute("translate", "no"); }
   if (!is || value(item) === "" || value(item) === "declined") {
    dd.className = "none";
   } else { dd.lang = language; dd.setAttribute("translate", "no"); }
   group.appendChild(dt);
   group.appendChild(dd);
   if (is) {
    change = button("link", say.change, function () { lead = true; show(index, "push"); });
    name = make("span", "hid", " " + item.text.textContent);
    name.lang = language;
    change.appendChild(name);
    act.appendChild(change);
    group.appendChild(act);
   }
   dl.appendChild(group);
  });
  review.appendChild(dl);
  return heading;
 }

 /* ---- sending ---- */
 function send() {
  if (busy) { return; }
  var act = form.querySelector("#send"), wrong = open().filter(function (item) { return item.field && value(item) !== "" && !within(item); })[0];
  if (wrong) { lead = true; show(items.indexOf(wrong), "push"); forward(); return; }
  busy = true;
  if (!form.querySelector("input[name=asked]")) {
   var asked = make("input");
   asked.type = "hidden";
   asked.name = "asked";
   asked.value = "1";
   form.appendChild(asked);
  }
  act.disabled = true;
  status.className = "quiet";
  status.textContent = say.sending;
  if (!window.fetch) { sent = true; form.submit(); return; }
  all(".link, .row .btn", form).forEach(function (el) { el.disabled = true; });
  attempt(form.getAttribute("action"), new URLSearchParams(new FormData(form)), 0);
 }
 function attempt(to, body, tries) {
  var mine = form, stop = window.AbortController && new AbortController(), timer = stop && setTimeout(function () { stop.abort(); }, PATIENCE);
  var options = { method: "POST", body: body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" }, answer;
  if (stop) { options.signal = stop.signal; }
  fetch(to, options).then(function (response) {
   answer = response;
   return response.text();
  }).then(function (text) {
   var page = new DOMParser().parseFromString(text, "text/html");
   /* a page that is not ours (a proxy's, a hotel's): as good as no answer */
   if (!page.getElementById("main")) { throw new Error("no page"); }
   return page;
  }).then(function (page) {
   clearTimeout(timer);
   if (form === mine && mine) { swap(page, answer); }
  }, function () {
   clearTimeout(timer);
   if (form !== mine || !mine) { return; }
   if (tries < RETRY.length) { setTimeout(function () { if (form === mine) { attempt(to, body, tries + 1); } }, RETRY[tries]); } else { failed(); }
  });
 }
 function failed() {
  var act = form.querySelector("#send");
  busy = false;
  act.disabled = false;
  act.textContent = say.again;
  all(".link, .row .btn", form).forEach(function (el) { el.disabled = false; });
  status.className = "error";
  status.textContent = say.failed;
  act.focus();
 }
 function swap(page, answer) {
  var to = answer.headers.get("X-Location") || (answer.redirected ? answer.url : null), state = history.state, main;
  forget();
  root.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.parentNode.replaceChild(document.importNode(page.body, true), document.body);
  try { history.replaceState(state, "", to || location.href); } catch (error) { /* not our origin: the address stays */ }
  window.scrollTo(0, 0);
  if (document.getElementById("form")) { begin(); return; }
  sent = true;
  main = document.getElementById("main");
  main.tabIndex = -1;
  main.focus();
 }
 /* nothing keeps an answer: neither fields, nor variables */
 function forget() {
  if (form) {
   all("input", form).forEach(function (el) { if (el.type === "radio" || el.type === "checkbox") { el.checked = false; } else { el.value = ""; } });
   if (form.parentNode) { form.parentNode.removeChild(form); }
  }
  calm();
  form = review = trouble = bar = row = status = null;
  items = intro = sendParts = [];
  root.classList.remove("js");
  busy = false;
 }

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

 function begin() {
  form = document.getElementById("form");
  if (!form) { return; }
  var title = document.querySelector("h1.title"), troubled, first, asked = Boolean(form.querySelector("input[name=asked]"));
  say = form.dataset;
  home = say.home;
  base = document.title;
  trouble = document.getElementById("trouble");
  lead = Boolean(trouble);
  sent = false;
  touched = Date.now();
  root.classList.add("js");
  items = all("fieldset.item", form).map(function (el) {
   var item = {
    el: el, kind: el.dataset.kind, low: +el.dataset.low, high: +el.dataset.high, when: el.dataset.when,
    codes: (el.dataset.codes || "").split(" "), text: el.querySelector(".text"), field: el.querySelector("input[type=text]"),
    boxes: all("input[type=radio], input[type=checkbox]", el), wrong: Boolean(el.querySelector(".error")), draw: null, by: null
   };
   item.asked = asked;
   item.seen = Boolean(trouble) && !item.wrong;
   item.text.id = el.id + ".text";
   ["input", "change"].forEach(function (name) {
    el.addEventListener(name, function (event) { changed(item, event.target); });
   });
   return item;
  });
  items.forEach(line);
  if (title) { title = retag(title, "p"); }
  all("section > h2", form).forEach(function (el) { retag(el, "p").className = "section"; });
  intro = [].slice.call(form.children).filter(function (el) { return el.localName === "p" && !el.classList.contains("send"); })
   .concat(all("main > p.note"));
  sendParts = all(".send", form);
  bar = make("div", "progress");
  bar.appendChild(make("span"));
  bar.appendChild(make("i"));
  bar.lastChild.appendChild(make("b"));
  bar.lastChild.setAttribute("aria-hidden", "true");
  form.insertBefore(bar, form.firstChild);
  review = make("div", "review");
  form.insertBefore(review, sendParts[0]);
  status = make("p", "quiet");
  status.setAttribute("role", "status");
  form.insertBefore(status, sendParts[0]);
  row = make("div", "row");
  row.appendChild(button("btn ghost", say.back, back));
  row.appendChild(button("btn", say["continue"], forward));
  form.appendChild(row);
  form.addEventListener("submit", function (event) {
   event.preventDefault();
   if (now < items.length) { forward(); } else { send(); }
  });
  if (trouble) {
   trouble.addEventListener("click", function (event) {
    var link = event.target.closest("a"), at = -1;
    items.forEach(function (item, i) { if (link && link.hash === "#" + item.el.id) { at = i; } });
    if (at >= 0) { event.preventDefault(); show(at, "push"); }
   });
  }
  refresh();
  troubled = items.filter(function (item) { return item.wrong; })[0];
  first = trouble ? troubled || null : open()[0];
  show(first ? items.indexOf(first) : items.length, "start");
 }

 window.addEventListener("popstate", function (event) {
  if (sent) { location.replace(home); return; }
  if (form && !busy && event.state) { show(event.state.s, "pop"); }
 });
 window.addEventListener("pageshow", function (event) {
  if (event.persisted && sent) { location.replace(home); } else { watch(); }
 });
 ["pointerdown", "touchstart", "mousedown", "keydown", "input"].forEach(function (name) { document.addEventListener(name, alive, true); });
 document.addEventListener("visibilitychange", watch);
 setInterval(watch, 5000);
 if (depth() > 0) {
  /* reloaded in the middle: the fields are empty again, so is the way back */
  history.go(-depth());
 }
 begin();
}());
