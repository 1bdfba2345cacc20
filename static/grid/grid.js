/* The grid by keyboard: a digit answers and moves on, Backspace goes back, a line whose codes
 * have two digits waits for Enter, one key each for unanswered, two boxes, illegible, declined.
 * In a correction a line may keep what stands there: = or Enter, which then moves on too.
 * Answers live in the form's own fields and nowhere else. Nothing is sent by itself. */
const grid = document.getElementById("grid");
const STATES = { n: "unanswered", d: "two_boxes", i: "illegible", r: "declined" };

function lines() {
  return [...grid.querySelectorAll("fieldset.entry")].map((el) => ({
    el,
    field: el.querySelector("input[type=text]"),
    boxes: [...el.querySelectorAll("input[type=radio]")],
  }));
}
function say(text) { document.getElementById("say").textContent = text; }
function fill(text, values) { return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole)); }
function codes(line) { return line.boxes.filter((box) => /^-?\d+$/.test(box.value)); }
function keeping(line) { return line.boxes.find((box) => box.value === ""); }
function value(line) {
  const box = line.boxes.find((one) => one.checked);
  if (box ? box.value === "" : keeping(line) && !(line.field && line.field.value)) { return line.el.dataset.stands; }
  return box ? box.value : line.field ? line.field.value : "";
}
function refresh(all) {
  all.forEach((line) => {
    const over = all.find((other) => other.el.id === line.el.dataset.when);
    line.el.disabled = Boolean(over) && (over.el.disabled || !line.el.dataset.codes.split(" ").includes(value(over)));
  });
}
function enter(line) {
  const checked = line.boxes.find((box) => box.checked);
  const target = line.field && (!checked || checked === keeping(line)) ? line.field : checked || line.boxes[0];
  target.focus();
  line.el.scrollIntoView({ block: "nearest" });
}
function digit(event) {
  if (/^[0-9]$/.test(event.key)) { return event.key; }
  /* the upper row of a French keyboard gives signs without Shift: its place counts */
  const found = /^Digit([0-9])$/.exec(event.code || "");
  return found && !event.shiftKey ? found[1] : null;
}

function drive() {
  const all = lines();
  let typed = "";
  document.querySelector(".keys").hidden = false;
  refresh(all);
  grid.addEventListener("change", () => refresh(all));

  function open() { return all.filter((line) => !line.el.disabled); }
  function move(line, by) {
    typed = "";
    const there = open()[open().indexOf(line) + by];
    if (there) { enter(there); } else if (by > 0) { (document.getElementById("masked") || grid.querySelector("[name=reason]") || document.getElementById("send")).focus(); } else { document.getElementById("on.year").focus(); }
  }
  function choose(line, box) {
    if (box.name.endsWith(".state") && line.field) { line.field.value = ""; }
    box.checked = true;
    refresh(all);
    say("");
    move(line, 1);
  }
  function pick(line, code) {
    const box = codes(line).find((one) => one.value === code);
    if (box) { choose(line, box); } else { typed = ""; say(fill(grid.dataset.unknown, { code })); }
  }
  function state(line, key) {
    const box = line.boxes.find((one) => one.value === STATES[key]);
    if (box) { choose(line, box); }
  }
  function keep(line) {
    if (keeping(line)) { choose(line, keeping(line)); }
  }
  function inField(line, event, key) {
    const number = digit(event);
    if (event.key === "=" || (event.key === "Enter" && keeping(line) && line.field.value === "")) {
      event.preventDefault();
      keep(line);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const text = line.field.value.trim(), low = +line.el.dataset.low, high = +line.el.dataset.high;
      if (/^-?\d+$/.test(text) && +text >= low && +text <= high) { say(""); move(line, 1); } else { say(fill(grid.dataset.bounds, { low, high })); }
    } else if (event.key === "Backspace" && line.field.value === "") {
      event.preventDefault();
      move(line, -1);
    } else if (key in STATES) {
      event.preventDefault();
      state(line, key);
    } else if (number !== null) {
      line.boxes.forEach((box) => { box.checked = false; });
      if (number !== event.key) { event.preventDefault(); line.field.value += number; }
    } else if (event.key.length === 1 && event.key !== "-") { event.preventDefault(); }
  }
  function inBoxes(line, event, key) {
    const number = digit(event), long = codes(line).some((box) => box.value.length > 1);
    if (number !== null) {
      typed += number;
      if (long) { say(fill(grid.dataset.enter, { code: typed })); } else { pick(line, typed); }
    } else if (event.key === "Backspace") {
      if (typed) { typed = typed.slice(0, -1); say(typed && fill(grid.dataset.enter, { code: typed })); } else { move(line, -1); }
    } else if (event.key === "Enter") {
      if (typed) { pick(line, typed); } else if (value(line) || keeping(line)) { move(line, 1); }
    } else if (event.key === "=") { keep(line);
    } else if (key in STATES) { state(line, key); } else { return; }
    event.preventDefault();
  }
  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    const line = all.find((one) => one.el.contains(event.target));
    if (!line) { return; }
    const key = event.key.toLowerCase();
    if (event.target === line.field) { inField(line, event, key); } else { inBoxes(line, event, key); }
  });
  grid.addEventListener("focusin", (event) => {
    if (!all.some((one) => one.el.contains(event.target))) { typed = ""; }
  });
  date(() => open()[0] && enter(open()[0]));
  attest();
}

/* the date: two digits, two digits, four digits, and on into the grid */
function date(after) {
  const parts = ["on.day", "on.month", "on.year"].map((id) => document.getElementById(id));
  parts.forEach((part, n) => {
    part.addEventListener("keydown", (event) => {
      const number = event.ctrlKey || event.altKey || event.metaKey ? null : digit(event);
      if (event.key === "Enter") { event.preventDefault(); }
      if (event.key === "Backspace" && part.value === "" && n > 0) { event.preventDefault(); parts[n - 1].focus(); }
      if (number !== null && number !== event.key) {
        event.preventDefault();
        if (part.value.length < part.maxLength) { part.value += number; part.dispatchEvent(new Event("input")); }
      }
    });
    part.addEventListener("input", () => {
      if (part.value.length < part.maxLength) { return; }
      if (parts[n + 1]) { parts[n + 1].focus(); parts[n + 1].select(); } else { after(); }
    });
  });
  if (!parts[0].value && !grid.querySelector("[data-stands]")) { parts[0].focus(); }
}

/* Space attests and goes to the button; Enter there sends */
function attest() {
  const box = document.getElementById("masked");
  if (!box) { return; }
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
  box.addEventListener("change", () => { if (box.checked) { document.getElementById("send").focus(); } });
}
if (grid) { drive(); }
