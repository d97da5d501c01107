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
  const PARTS = ["lunr", "typing", "words", "facts", "identifiers", "panel", "telling"];
  /** How many visited files stay, and how many go when there are more. */
  const MOST_VISITED = 800;
  const FORGOTTEN = 200;
  const MOST_UNPACKED = 12;

  /** @type {Record<string, string>} */
  const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", bib: "text/plain", json: "application/json" };

  const VERSION = 3;

  /** A file's place in a bundle; of a page without its frame where the first one's line begins, and where its masthead was. */
  /** @typedef {{ at: number, end: number, more: number[] }} Place */
  /** @typedef {{ bytes: Uint8Array<ArrayBuffer>, places: Map<string, Place>, lines: Map<number, Place> }} Unpacked */
  /** @typedef {[name: string, size: number, first: string, hashes?: string]} Row */

  /** The bundles, those by papers' numbers first. @type {Promise<Row[]> | undefined} */
  let table;
  /** The bundles used last. @type {Map<string, Promise<Unpacked>>} */
  const unpacked = new Map();

  /** Keep what every visit needs: the first page, the search page, and what it loads. */
  async function keepShell() {
    const cache = await caches.open(SHELL);
    const page = await (await fetch(`${ROOT}search.html`)).text();
    const needed = [...page.matchAll(/(?:src|href)="?((?:assets|search)\/[^" >]+)/g)].map((match) => match[1] ?? "");
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

  /** The kept bundles; none where the archive is not kept, or not wholly, or as it was kept once. */
  async function keptTable() {
    const manifest = await (await (await caches.open(KEPT)).match(MANIFEST))?.json();
    return manifest?.version === VERSION ? manifest.bundles : [];
  }

  /** The beginning of a path's CRC-32, in base64. @param {string} path */
  function hashed(path) {
    let sum = -1;
    for (const byte of new TextEncoder().encode(path)) {
      sum ^= byte;
      for (let bit = 8; bit--;) sum = sum >>> 1 ^ (sum & 1 && 0xedb88320);
    }
    return btoa(String.fromCharCode(...[24, 16, 8].map((by) => ~sum >>> by & 255))).slice(0, 3);
  }

  /**
   * The bundles that may have a file: those with its hash, and the one that its path lies in.
   * @param {Row[]} bundles
   * @param {string} path
   */
  function candidates(bundles, path) {
    const hash = hashed(path);
    const found = bundles.filter(([, , , hashes = ""]) => {
      let at = -1;
      while ((at = hashes.indexOf(hash, at + 1)) % 3 > 0);
      return at >= 0;
    });
    const last = bundles.filter(([, , first, hashes]) => hashes === undefined && first <= path).pop();
    return last ? [...found, last] : found;
  }

  /** @param {string} bundle @returns {Promise<Unpacked>} */
  async function unpack(bundle) {
    const packed = await (await caches.open(KEPT)).match(`${ROOT}offline/${bundle}.bin`);
    if (!packed?.body) throw new Error(`${bundle} is not kept`);
    const bytes = new Uint8Array(await new Response(packed.body.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
    const [places, lines] = [new Map(), new Map()];
    for (let line = 0; line < bytes.length;) {
      const at = bytes.indexOf(10, line) + 1;
      const [path, size, ...more] = JSON.parse(new TextDecoder().decode(bytes.subarray(line, at)));
      const place = { at, end: at + size, more };
      places.set(path, place);
      lines.set(line, place);
      line = place.end;
    }
    return { bytes, places, lines };
  }

  /** A file of a bundle, in pieces. @param {Unpacked} files @param {Place} place */
  function pieces({ bytes, lines }, { at, end, more: [first = 0, masthead = 0, ...rest] }) {
    const frame = rest.length ? undefined : lines.get(first);
    if (!masthead || !frame) return [bytes.slice(at, end)];
    const [title = 0, skip, main, close = 0] = frame.more;
    const part = (/** @type {number | undefined} */ from = 0, to = from) => bytes.slice(frame.at + from, frame.at + to);
    return [part(0, title), bytes.slice(at, at + masthead), part(skip, main), bytes.slice(at + masthead, end),
      bytes.slice(frame.at + close, frame.end)];
  }

  /** @param {string} bundle */
  function opened(bundle) {
    const files = unpacked.get(bundle) ?? unpack(bundle);
    unpacked.delete(bundle);
    unpacked.set(bundle, files);
    files.catch(() => unpacked.delete(bundle));
    for (const oldest of unpacked.keys()) if (unpacked.size > MOST_UNPACKED) unpacked.delete(oldest);
    return files;
  }

  /**
   * A file of the kept archive.
   * @param {string} path
   */
  async function fromKept(path) {
    table ??= keptTable();
    for (const [bundle] of candidates(await table, path)) {
      const files = await opened(bundle);
      const place = files.places.get(path);
      const type = TYPES[path.replace(/^.*\./, "")] ?? "application/octet-stream";
      if (place) return new Response(new Blob(pieces(files, place)), { headers: { "Content-Type": `${type}; charset=utf-8` } });
    }
    return undefined;
  }

  /**
   * What is here of an address, without the network.
   * @param {string} path Below the base folder.
   */
  async function fromHere(path) {
    for (const tried of path.endsWith("/") || !path ? [`${path}index.html`] : [path, `${path}.html`]) {
      const found = await fromKept(tried).catch(() => undefined) ?? await caches.match(ROOT + tried, { cacheName: KEPT }) ??
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
    let path = address.slice(ROOT.length);
    try {
      path = decodeURIComponent(path);
    } catch {
      // It is nobody's address: the server has a page for such.
    }
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
