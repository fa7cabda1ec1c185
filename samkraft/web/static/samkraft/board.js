/* J and K move along the rows of the board, Enter opens the person, X marks the row where rows can be marked. */
"use strict";
(() => {
  const table = document.querySelector("[data-board]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  let here = -1;

  const goTo = (number) => {
    if (!rows.length) return;
    rows[here]?.classList.remove("is-here");
    here = Math.max(0, Math.min(number, rows.length - 1));
    rows[here].classList.add("is-here");
    rows[here].querySelector("th a")?.focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const key = event.key.toLowerCase();
    if (key === "j") goTo(here + 1);
    else if (key === "k") goTo(here < 0 ? 0 : here - 1);
    else if (key === "x" && here >= 0) rows[here].querySelector("input[type=checkbox]")?.click();
    else return;
    event.preventDefault();
  });

  table.tBodies[0].addEventListener("focusin", (event) => {
    const row = event.target.closest("tr");
    rows[here]?.classList.remove("is-here");
    here = rows.indexOf(row);
    row.classList.add("is-here");
  });

  const boxes = [...table.tBodies[0].querySelectorAll("input[type=checkbox]")];
  const every = table.querySelector("[data-picks-all]");
  const picked = document.querySelector("[data-picked]");
  const tell = () => {
    const many = boxes.filter((box) => box.checked).length;
    if (picked && many) picked.textContent = many === 1 ? picked.dataset.one : picked.dataset.many.replace("{number}", String(many));
    if (every) { every.checked = many > 0 && many === boxes.length; every.indeterminate = many > 0 && many < boxes.length; }
  };
  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => {
      for (const box of boxes) box.checked = every.checked;
      tell();
    });
  }
  /* Shift and a click marks, or unmarks, all from the last one. */
  let last = -1;
  for (const [place, box] of boxes.entries()) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0) {
        for (let one = Math.min(last, place); one <= Math.max(last, place); one += 1) boxes[one].checked = box.checked;
      }
      last = place;
      tell();
    });
  }
  tell();
})();
