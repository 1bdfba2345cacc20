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
