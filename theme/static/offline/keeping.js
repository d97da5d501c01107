// 'Keep this archive offline': stores the bundles, says how large they are first, fetches only what
// changed, goes on where it stopped, and takes everything away again.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const ROOT = new URL("../../", script.src).href;
  const KEPT = `daybook ${new URL(ROOT).pathname} kept`;
  const MANIFEST = `${ROOT}offline/manifest.json`;
  /** What no bundle has, as only programs ask for the rest of its folder. */
  const IDENTIFIERS = `${ROOT}data/ids.js`;
  const AT_ONCE = 4;

  /** How bundles are made; what was kept in another way counts no more. */
  const VERSION = 3;

  /** @typedef {{ version: number, files: number, bundles: [string, number, ...string[]][] }} Manifest */

  const address = (/** @type {string} */ bundle) => `${ROOT}offline/${bundle}.bin`;

  /** @param {number} bytes */
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`);

  /** @param {[string, number, ...string[]][]} bundles */
  const total = (bundles) => bundles.reduce((sum, [, bytes]) => sum + bytes, 0);

  class Keeping {
    /** @param {HTMLElement} section */
    constructor(section) {
      const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (section.querySelector(name));
      this.section = section;
      this.said = part("[role=status]");
      this.bar = /** @type {HTMLProgressElement} */ (part("progress"));
      this.keep = part("button");
      this.stop = part("button:nth-of-type(2)");
      this.remove = part("button:nth-of-type(3)");
      /** @type {Manifest | null} */
      this.published = null;
      /** @type {AbortController | null} */
      this.going = null;
      this.keep.addEventListener("click", () => this.download());
      this.stop.addEventListener("click", () => this.going?.abort());
      this.remove.addEventListener("click", () => this.forget());
    }

    /** What is here, what is published, and what of that is missing. */
    async look() {
      const cache = await caches.open(KEPT);
      const before = /** @type {Manifest | undefined} */ (await (await cache.match(MANIFEST))?.json().catch(() => undefined));
      const kept = before?.version === VERSION ? before : undefined;
      this.published = await fetch(MANIFEST, { cache: "no-cache" }).then((answer) => (answer.ok ? answer.json() : null), () => null);
      const here = new Set((await cache.keys()).map(({ url }) => url));
      const missing = (this.published?.bundles ?? []).filter(([bundle]) => !here.has(address(bundle)));
      return { cache, kept, missing, here: here.size };
    }

    /** Say how things are, and offer what can be done. */
    async tell(before = "") {
      const { kept, missing, here } = await this.look();
      const { published } = this;
      const pages = (published ?? kept)?.files.toLocaleString("en");
      const current = kept && published && !missing.length;
      const words = !published ? (kept ? `The archive is kept here: ${pages} files. There is no network, so that nothing newer can be looked for.`
        : "There is no network: the archive can be kept when there is one.")
        : current ? `The whole archive is kept here: ${pages} files, ${size(total(published.bundles))}.`
        : kept ? `The archive is kept here as it was. What has changed since is ${size(total(missing))}.`
        : here ? `A part of the archive is here. The rest is ${size(total(missing))} of ${size(total(published.bundles))}.`
        : `All of it is a download of ${size(total(published.bundles))}: ${pages} files, packed.`;
      this.said.textContent = `${before} ${words}`.trim();
      this.keep.textContent = kept ? "Update it" : here ? "Go on" : "Keep it offline";
      this.keep.hidden = !published || Boolean(current);
      this.stop.hidden = this.bar.hidden = true;
      this.remove.hidden = !here;
      this.section.hidden = false;
    }

    async download() {
      const { cache, missing } = await this.look();
      const { published } = this;
      if (!published) return this.tell();
      const room = await navigator.storage?.estimate?.();
      if (room?.quota && room.quota - (room.usage ?? 0) < total(missing) * 1.1) return this.tell("There is too little room for it on this device.");
      navigator.storage?.persist?.().catch(() => false);
      this.going = new AbortController();
      this.keep.hidden = this.remove.hidden = true;
      this.stop.hidden = this.bar.hidden = false;
      this.bar.max = total(missing) || 1;
      this.bar.value = 0;
      this.said.textContent = `Fetching ${size(total(missing))} …`;
      this.stop.focus();
      try {
        const queue = [...missing];
        // One that fails stops a lane of the four: a lost bundle keeps none of the others away.
        const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => this.fetchAll(queue, cache)));
        for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
        await this.finish(cache, published);
        await this.tell("Done.");
        this.remove.focus();
      } catch (error) {
        const stopped = this.going.signal.aborted && error instanceof DOMException && error.name === "AbortError";
        this.going.abort();
        await this.tell(stopped ? "Stopped." : error instanceof DOMException && error.name === "QuotaExceededError"
          ? "There is too little room for it on this device." : "It could not be fetched.");
        this.keep.focus();
      }
    }

    /**
     * @param {[string, number, ...string[]][]} queue
     * @param {Cache} cache
     */
    async fetchAll(queue, cache) {
      const signal = /** @type {AbortController} */ (this.going).signal;
      for (let next = queue.shift(); next; next = queue.shift()) {
        signal.throwIfAborted();
        const [bundle, bytes] = next;
        const answer = await fetch(address(bundle), { signal });
        const packed = await answer.blob();
        if (!answer.ok || packed.size !== bytes) throw new Error(`${answer.status} ${bundle}`);
        await cache.put(address(bundle), new Response(packed));
        this.bar.value += bytes;
      }
    }

    /**
     * Everything is here: let it count, and drop what is no part of it.
     * @param {Cache} cache
     * @param {Manifest} manifest
     */
    async finish(cache, manifest) {
      await cache.add(IDENTIFIERS);
      await cache.put(MANIFEST, new Response(JSON.stringify(manifest)));
      const wanted = new Set([MANIFEST, IDENTIFIERS, ...manifest.bundles.map(([bundle]) => address(bundle))]);
      for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
      await this.announce();
    }

    async forget() {
      await caches.delete(KEPT);
      await this.announce();
      await this.tell("Removed.");
      this.keep.focus();
    }

    /** Let the worker look again at what is kept. */
    async announce() {
      (await navigator.serviceWorker.getRegistration(ROOT))?.active?.postMessage("kept");
    }
  }

  const section = document.getElementById("offline");
  const able = location.protocol.startsWith("http") && "serviceWorker" in navigator && "caches" in globalThis && "DecompressionStream" in globalThis;
  if (section && able) new Keeping(section).tell().catch(() => undefined); // as where nothing may be kept
})();
