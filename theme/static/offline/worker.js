// The service worker: over HTTP it keeps the way in and what was visited, and answers from the whole
// archive where a reader has kept it. The network comes first, but for files named by a hash of their
// contents. Loaded by service-worker.js at the base folder; plugins/daybook/publishing/offline.py writes
// the bundles.
"use strict";
(() => {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const ROOT = worker.registration.scope;
  const name = (/** @type {string} */ part) => `daybook ${new URL(ROOT).pathname} ${part}`;
  const SHELL = name("shell");
  const VISITED = name("visited");
  const KEPT = name("kept");
  const MANIFEST = `${ROOT}offline/manifest.json`;
  const SEARCH = `${ROOT}search/search.js`;
  /** What it loads when there is need of it: PARTS of plugins/daybook/scripts.py. */
  const PARTS = ["lunr", "typing", "variants", "acronyms", "phrases", "facts", "panel", "telling"];
  /** How many visited files stay, and how many go when there are more. */
  const MOST_VISITED = 800;
  const FORGOTTEN = 200;
  const MOST_UNPACKED = 6;

  /** @type {Record<string, string>} */
  const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", bib: "text/plain", json: "application/json" };

  /** @typedef {{ bytes: Uint8Array<ArrayBuffer>, places: Map<string, [number, number]> }} Unpacked */

  /** The bundles' names and first paths, in order. @type {Promise<[string, number, string][]> | undefined} */
  let table;
  /** The bundles used last. @type {Map<string, Promise<Unpacked>>} */
  const unpacked = new Map();

  /** Keep what every visit needs: the first page, the search page, and what it loads. */
  async function keepShell() {
    const cache = await caches.open(SHELL);
    const page = await (await fetch(`${ROOT}search.html`)).text();
    const needed = [...page.matchAll(/(?:src|href)="((?:assets|search)\/[^"]+)"/g)].map((match) => match[1] ?? "");
    const files = new Set(["index.html", "search.html", "about.html", "search/manifest.js", "assets/paper.js", "assets/citing.js", ...needed]);
    await Promise.all([...files].map((file) => cache.add(ROOT + file).catch(() => undefined)));
    await keepParts(cache, await cache.match(SEARCH));
  }

  /**
   * Keep what the search loads when there is need of it.
   * @param {Cache} cache
   * @param {Response | undefined} script The search.
   */
  async function keepParts(cache, script) {
    const code = (await script?.text() ?? "").match(/"(code\/[0-9a-f]{8}\/)"/)?.[1];
    for (const part of code ? PARTS : []) {
      const address = `${ROOT}search/${code}${part}.js`;
      if (!await cache.match(address)) await cache.add(address).catch(() => undefined);
    }
  }

  /** The kept bundles; none where the archive is not kept, or not wholly. */
  async function keptTable() {
    const manifest = await (await caches.open(KEPT)).match(MANIFEST);
    return manifest ? (await manifest.json()).bundles : [];
  }

  /** @param {string} bundle @returns {Promise<Unpacked>} */
  async function unpack(bundle) {
    const packed = await (await caches.open(KEPT)).match(`${ROOT}offline/${bundle}.bin`);
    if (!packed?.body) throw new Error(`${bundle} is not kept`);
    const bytes = new Uint8Array(await new Response(packed.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
    const end = bytes.indexOf(10);
    const places = new Map();
    let at = end + 1;
    for (const [path, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))) {
      places.set(path, [at, at += size]);
    }
    return { bytes, places };
  }

  /**
   * A file of the kept archive.
   * @param {string} path
   */
  async function fromKept(path) {
    table ??= keptTable();
    const bundles = await table;
    let at = bundles.length - 1;
    while (at >= 0 && /** @type {[string, number, string]} */ (bundles[at])[2] > path) at--;
    const bundle = bundles[at]?.[0];
    if (!bundle) return undefined;
    const files = unpacked.get(bundle) ?? unpack(bundle);
    unpacked.delete(bundle);
    unpacked.set(bundle, files);
    files.catch(() => unpacked.delete(bundle));
    for (const oldest of unpacked.keys()) if (unpacked.size > MOST_UNPACKED) unpacked.delete(oldest);
    const { bytes, places } = await files;
    const place = places.get(path);
    const type = TYPES[path.replace(/^.*\./, "")] ?? "application/octet-stream";
    return place && new Response(bytes.slice(...place), { headers: { "Content-Type": `${type}; charset=utf-8` } });
  }

  /**
   * What is here of an address, without the network.
   * @param {string} path Below the base folder.
   */
  async function fromHere(path) {
    for (const tried of path.endsWith("/") || !path ? [`${path}index.html`] : [path, `${path}.html`]) {
      const found = await fromKept(tried).catch(() => undefined) ??
        await caches.match(ROOT + tried, { cacheName: SHELL }) ?? await caches.match(ROOT + tried, { cacheName: VISITED });
      if (found) return found;
    }
    return undefined;
  }

  /**
   * @param {string} address
   * @param {Response} response
   */
  async function remember(address, response) {
    const shell = await caches.open(SHELL);
    if (await shell.match(address)) {
      await shell.put(address, response.clone());
      return address === SEARCH ? keepParts(shell, response) : undefined;
    }
    const visited = await caches.open(VISITED);
    await visited.put(address, response);
    const all = await visited.keys();
    if (all.length > MOST_VISITED) await Promise.all(all.slice(0, FORGOTTEN).map((old) => visited.delete(old)));
  }

  /** What a reader is told where nothing is here. @param {string} language */
  const nothingHere = (language) => new Response(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>Not kept offline</title><link rel="stylesheet" href="${ROOT}assets/daybook.css"><main><h1>Not kept offline</h1>` +
    `<p>There is no network, and this page has not been visited before. What has been is there, beginning with the ` +
    `<a href="${ROOT}index.html">first page</a> and the <a href="${ROOT}search.html">search</a>. The page ` +
    `<a href="${ROOT}about.html">About</a> can keep the whole archive.</p></main></html>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });

  /** @param {FetchEvent} event */
  async function answer(event) {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    const address = origin + pathname;
    const path = decodeURIComponent(address.slice(ROOT.length));
    if (/^search\/.+\//.test(path)) {
      const found = await fromHere(path);
      if (found) return found;
    }
    try {
      const response = await fetch(request);
      if (response.ok && !response.redirected && response.type === "basic") {
        event.waitUntil(remember(address, response.clone()).catch(() => undefined));
      }
      return response;
    } catch (error) {
      const found = await fromHere(path);
      if (found) return found;
      return request.mode === "navigate" ? nothingHere("en") : Response.error();
    }
  }

  worker.addEventListener("install", (event) => {
    event.waitUntil(keepShell());
    worker.skipWaiting();
  });
  worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener("message", () => {
    // What is kept has changed.
    table = undefined;
    unpacked.clear();
  });
  worker.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    if (method === "GET" && url.startsWith(ROOT) && !url.startsWith(`${ROOT}offline/`)) event.respondWith(answer(event));
  });
})();
