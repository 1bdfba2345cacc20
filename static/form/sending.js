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
