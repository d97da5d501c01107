// The service worker of an archive that is no longer to be kept offline: it takes everything away.
"use strict";
(() => {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

  async function leave() {
    const own = `daybook ${new URL(worker.registration.scope).pathname} `;
    for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
    await worker.registration.unregister();
  }

  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (event) => event.waitUntil(leave()));
})();
