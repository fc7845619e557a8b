// Tables: how many are selected, all at once, and rows that lead to their page wherever they are pressed.
// What does not fit scrolls sideways, and can then be reached by the keyboard.
const watched = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const squeezed = target.firstElementChild.offsetWidth > target.clientWidth;
    target.classList.toggle("squeezed", squeezed);
    if (squeezed) Object.assign(target, { tabIndex: 0, role: "region", ariaLabel: target.closest("section").ariaLabel });
    else for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
  }
});

setups.push((root) => {
  for (const table of all(root, "[data-table]")) {
    const picks = () => [...table.querySelectorAll("[data-pick]")];
    const everything = table.querySelector("[data-pick-all]");
    const count = table.querySelector("[data-bulk-count]");
    const tell = () => {
      const chosen = picks().filter((pick) => pick.checked).length;
      if (count) count.textContent = `${chosen} selected`;
      if (!everything) return;
      const input = everything.querySelector("input");
      input.checked = chosen > 0 && chosen === picks().length;
      input.indeterminate = chosen > 0 && !input.checked;
    };
    if (everything) {
      everything.hidden = false;
      everything.addEventListener("change", ({ target }) => {
        for (const pick of picks()) pick.checked = target.checked;
        tell();
      });
    }
    let last;
    table.addEventListener("click", ({ target, shiftKey }) => {
      if (!target.matches("[data-pick]")) return;
      const boxes = picks();
      if (shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((one, two) => one - two);
        for (const pick of boxes.slice(from, to + 1)) pick.checked = target.checked;
      }
      last = target;
      tell();
    });
    if (picks().some((pick) => pick.checked)) tell();
    const key = table.querySelector("[data-search-key]");
    if (key) key.hidden = localStorage.getItem("shortcuts") === "off" || matchMedia("(pointer: coarse)").matches;
  }
  for (const scroller of all(root, ".table-scroll:not(.sideways)")) watched.observe(scroller);
  for (const row of all(root, "tr[data-row]")) {
    const link = row.querySelector(".row-link");
    if (!link) continue;
    row.classList.add("clickable");
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, input, label, form, [popover]") || String(getSelection())) return;
      if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
      else link.click();
    });
  }
});
