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
