/* Show and hide the password that is being chosen. */
const toggle = document.querySelector("[data-show]");
if (toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const fields = [document.getElementById("password"), document.getElementById("again")];
    const hidden = fields[0].type === "password";
    fields.forEach((field) => { field.type = hidden ? "text" : "password"; });
    toggle.textContent = hidden ? toggle.dataset.hide : toggle.dataset.show;
  });
}
