/* Lets the young person's page open without signal: the latest copy of it and of its files, never anything else. */
"use strict";
const SHELF = "samkraft-summer-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith((async () => {
    const shelf = await caches.open(SHELF);
    try {
      const answer = await fetch(request);
      if (answer.ok && !answer.redirected) await shelf.put(request, answer.clone());
      return answer;
    } catch (fault) {
      const kept = await shelf.match(request);
      if (kept) return kept;
      throw fault;
    }
  })());
});
