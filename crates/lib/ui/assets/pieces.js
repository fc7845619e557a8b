// Copy buttons.
setups.push((root) => {
  if (!navigator.clipboard) return;
  for (const box of all(root, "[data-copy]")) {
    const button = box.querySelector("[data-copy-button]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("code").textContent);
      button.classList.add("copied");
      const label = button.getAttribute("aria-label");
      button.setAttribute("aria-label", "Copied");
      setTimeout(() => {
        button.classList.remove("copied");
        button.setAttribute("aria-label", label);
      }, 1600);
    });
  }
});

// What asks again is a dialog instead of unfolding.
setups.push((root) => {
  for (const details of all(root, "[data-confirm]")) {
    const panel = details.querySelector("[data-confirm-panel]");
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", panel.querySelector("h2").id);
    dialog.append(panel);
    details.append(dialog);
    const summary = details.querySelector("summary");
    const cancel = panel.querySelector("[data-confirm-cancel]");
    cancel.hidden = false;
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      details.open = false;
      summary.focus();
    });
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      details.open = true;
      dialog.showModal();
    });
  }
});

// A menu opens beside its button; style sheets can say so in newer browsers only.
const anchored = CSS.supports("position-area: block-end span-inline-start");
document.addEventListener("toggle", ({ target, newState }) => {
  if (newState !== "open" || !target.matches?.(".menu") || anchored) return;
  const button = document.querySelector(`[popovertarget="${CSS.escape(target.id)}"]`).getBoundingClientRect();
  const { width, height } = target.getBoundingClientRect();
  const below = button.bottom + height + 8 < innerHeight;
  const left = target.matches(".to-end") ? button.left : button.right - width;
  Object.assign(target.style, {
    position: "fixed",
    margin: "0",
    inset: "auto",
    top: `${below ? button.bottom + 4 : Math.max(8, button.top - height - 4)}px`,
    left: `${Math.min(Math.max(8, left), innerWidth - width - 8)}px`,
  });
}, true);

// Arrow keys go into an open menu and through it.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input, select, textarea")) return;
  const opener = event.target.closest("[popovertarget]");
  const menu = opener ? document.getElementById(opener.getAttribute("popovertarget")) : event.target.closest(".menu");
  if (!menu?.matches(".menu:popover-open")) return;
  const items = [...menu.querySelectorAll(".menu-item")];
  const here = items.indexOf(event.target);
  event.preventDefault();
  const next = here < 0 && step > 0 ? 0 : here < 0 ? -1 : (here + step) % items.length;
  items.at(next)?.focus();
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => all(document, "form[data-sent]").forEach((form) => delete form.dataset.sent));

// What was wrong is where reading goes on.
setups.push((root) => all(root, "[data-error-summary]").forEach((summary) => summary.focus()));
