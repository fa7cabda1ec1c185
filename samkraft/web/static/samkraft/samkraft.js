/* Small conveniences on pages that work without them: shortcuts, menus that close, focus after a swap, copying a link. */
(() => {
  "use strict";

  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const searchKey = isMac ? "⌘K" : "Ctrl K";

  const reveal = (root) => {
    for (const key of root.querySelectorAll("[data-needs-script]")) {
      key.hidden = false;
      if (key.textContent === "Ctrl K") key.textContent = searchKey;
    }
    for (const key of root.querySelectorAll("[data-search-key]")) key.textContent = searchKey;
  };

  const takeFocus = (root) => {
    const summary = root.querySelector("[data-takes-focus]");
    if (summary) summary.focus();
  };

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const focusSearch = () => {
    const field = document.querySelector("[data-search]");
    if (field && field.offsetParent !== null) {
      field.focus();
      field.select();
      return true;
    }
    const link = document.querySelector(".bar-search-link");
    if (link) link.click();
    return link !== null;
  };

  const goTo = (letter) => {
    const link = document.querySelector(`.bar-nav [data-key="${CSS.escape(letter)}"]`)
      ?? (letter === "i" ? document.querySelector(".bar-inbox") : null);
    if (link) link.click();
  };

  let waitsForPlace = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      if (focusSearch()) event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details[data-closes][open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (Date.now() - waitsForPlace < 1500) {
      waitsForPlace = 0;
      goTo(event.key.toLowerCase());
    } else if (event.key === "g") {
      waitsForPlace = Date.now();
    } else if (event.key === "/") {
      if (focusSearch()) event.preventDefault();
    } else if (event.key === "?") {
      const dialog = document.getElementById("kortkommandon");
      if (dialog && !dialog.open) dialog.showModal();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-closes][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const copy = event.target.closest("[data-copy-link]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copyLink || location.href).then(() => {
        const before = copy.textContent;
        copy.textContent = copy.dataset.copied || "✓";
        setTimeout(() => { copy.textContent = before; }, 2000);
      });
    }
    if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  });

  /* Pages with choices that redraw: a select or checkbox marked so sends its form at once; without script its button does. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-sends-itself]");
    if (form) form.requestSubmit();
  });

  /* After a swap the focus goes where it was, else to what the server marked, so that no one is thrown to the top. */
  let lastFocus = "";
  document.addEventListener("htmx:beforeSwap", () => { lastFocus = document.activeElement?.id ?? ""; });
  document.addEventListener("htmx:afterSettle", (event) => {
    reveal(event.detail.elt);
    const summary = event.detail.elt.querySelector("[data-takes-focus]");
    if (summary) summary.focus();
    else if (lastFocus && document.activeElement === document.body) document.getElementById(lastFocus)?.focus();
  });

  for (const button of document.querySelectorAll("[data-copy-link], [data-prints]")) button.hidden = false;
  document.addEventListener("click", (event) => { if (event.target.closest("[data-prints]")) window.print(); });
  for (const button of document.querySelectorAll("form[data-sends-itself] [data-only-without-script]")) button.hidden = true;
  /* A link to something folded unfolds it, so that "as a table" leads to the table. */
  const unfold = () => {
    const aim = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = aim && aim.closest("details.fold:not([open])");
    if (!fold) return;
    fold.open = true;
    fold.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);

  reveal(document);
  takeFocus(document);
  unfold();
})();
