/* A slider beside each number: the two follow each other, and beside them stands how far it is from today. */
"use strict";
(() => {
  for (const slid of document.querySelectorAll("[data-slid]")) {
    const number = slid.querySelector("input[type=number]");
    const range = slid.querySelector("input[type=range]");
    const told = slid.querySelector("output");
    if (!number || !range || !told) continue;
    const today = Number(slid.dataset.today);

    const tell = () => {
      const now = number.value === "" ? today : Number(number.value);
      range.value = String(now);
      const apart = Math.round(now - today);
      const words = apart > 0 ? told.dataset.more : told.dataset.fewer;
      told.textContent = apart ? words.replace("{n}", Math.abs(apart).toLocaleString(document.documentElement.lang)) : told.dataset.same;
      slid.classList.toggle("is-changed", apart !== 0);
      range.setAttribute("aria-valuetext", `${now}, ${told.textContent}`);
    };

    range.addEventListener("input", () => {
      number.value = Number(range.value) === today ? "" : range.value;
      tell();
    });
    number.addEventListener("input", tell);
    tell();
  }
})();
