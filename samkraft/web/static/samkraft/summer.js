/* Check-in without signal: each press gets a key and the moment, waits in the phone, and is sent when there is a way.
   The server keeps each key once, so sending twice makes nothing double. Without this script the form sends itself. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-press]");
  if (!form) return;
  const told = document.querySelector("[data-press-told]");
  const words = document.querySelector("template[data-words]").dataset;
  const button = form.querySelector("button");
  const shelf = `samkraft-summer-${form.dataset.press}`;

  const waiting = () => {
    try { return JSON.parse(localStorage.getItem(shelf) || "[]"); } catch { return []; }
  };
  const keep = (presses) => localStorage.setItem(shelf, JSON.stringify(presses));
  const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (sign) => (Number(sign) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(sign) / 4)))).toString(16)));
  const turn = () => {
    const hit = form.elements.hit;
    hit.value = hit.value === "in" ? "ut" : "in";
    button.textContent = hit.value === "in" ? words.in : words.out;
  };

  let sending = false;
  const send = async () => {
    const presses = waiting();
    if (sending || presses.length === 0) return;
    sending = true;
    try {
      const body = new FormData(form);
      body.set("presses", JSON.stringify({ sent_at: new Date().toISOString(), presses }));
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { received } = await answer.json();
      const done = new Set(received.map((one) => one.key));
      keep(waiting().filter((one) => !done.has(one.key)));
      const refused = received.find((one) => !one.kept);
      if (refused) { told.textContent = refused.text; turn(); } else { told.textContent = words.sent; location.reload(); }
    } catch {
      told.textContent = words.kept;
    } finally {
      sending = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const press = { key: newKey(), placement: form.dataset.press, hit: form.elements.hit.value, at: new Date().toISOString() };
    keep([...waiting(), press]);
    turn();
    send();
  });
  addEventListener("online", send);
  setInterval(send, 30000);
  if (waiting().length) {
    if (waiting().at(-1).hit === form.elements.hit.value) turn();
    told.textContent = words.kept;
    send();
  }
  // The first time the page was there before its worker: what it is made of is asked for once more, so that it is kept.
  navigator.serviceWorker?.addEventListener("controllerchange", () => {
    const parts = performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.startsWith(location.origin));
    for (const one of new Set([location.href, ...parts])) if (!one.includes("/sw.js")) fetch(one).catch(() => {});
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/min-sommar/sw.js", { scope: "/min-sommar/" }).catch(() => {});
})();
