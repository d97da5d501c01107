// Getting the index's files: scripts that hand over their contents, from a server or from a disk. And the
// parts of this program that are loaded when they are first needed.
"use strict";
(() => {
  /** Of the index's format: `VERSION` of plugins/daybook/search/shards.py. */
  const VERSION = 5;

  /** A file of the index. */
  const DELIVERY = /^daybook\.search\.receive\("([^"]*)",(.*),(\d+)\);\n$/s;

  /** What scripts have delivered. @type {Map<string, { value: any, version: number }>} */
  const delivered = new Map();

  /** The parts that are there, or on their way. @type {Map<string, Promise<void>>} */
  const parts = new Map();

  /**
   * What every file of the index calls.
   * @param {string} name
   * @param {unknown} value
   * @param {number} version Of its format.
   */
  function receive(name, value, version) {
    delivered.set(name, { value, version });
  }

  /**
   * What a text holds: JSON, packed by zlib (RFC 1950), in base64.
   * @param {string} text
   * @returns {Promise<any>}
   */
  function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  }

  /**
   * Something that is made once, and again if that failed.
   * @template Key, Value
   * @param {Map<Key, Promise<Value>>} made
   * @param {Key} key
   * @param {() => Promise<Value>} make
   */
  function once(made, key, make) {
    let value = made.get(key);
    if (!value) {
      made.set(key, (value = make()));
      value.catch(() => made.delete(key));
    }
    return value;
  }

  const asItIs = (/** @type {any} */ value) => value;

  /** Loads files by name, each once. */
  class Files {
    /** @param {(name: string) => Promise<void>} run Runs the script of that name. */
    constructor(run) {
      this.run = run;
      /** @type {Map<string, Promise<any>>} */
      this.loading = new Map();
      /** Whether one could not be had, as when the archive has been published anew. */
      this.failed = false;
    }

    /**
     * What a file delivers, as `read` understands it: whatever it throws means that the file is damaged. A file
     * that is missing or broken is tried again when asked again.
     * @template Value
     * @param {string} name
     * @param {(value: any) => Value} [read]
     * @returns {Promise<Value>}
     */
    load(name, read = asItIs) {
      return once(this.loading, name, () => this.fetched(name, read).catch((error) => {
        this.failed = true;
        throw error;
      }));
    }

    /**
     * @param {string} name
     * @param {(value: any) => any} read
     */
    async fetched(name, read) {
      const { SearchError, must, reading } = daybook.search;
      delivered.delete(name);
      try {
        await this.run(name);
      } catch (cause) {
        throw new SearchError("missing", "A part of the search index could not be loaded.", cause);
      }
      // It is left there: who began anew meanwhile may wait for the same file.
      const { value, version } = delivered.get(name) ?? {};
      if (version !== undefined && version !== VERSION) {
        throw new SearchError("version", "The search index is of another version than this page. Reload the page.");
      }
      return reading(async () => {
        must(version !== undefined);
        return read(typeof value === "string" ? await unpacked(value) : value);
      });
    }

    /**
     * Have a part of this program from where scripts.py says; where it says nothing, all of it is here.
     * @param {string} name
     */
    part(name) {
      return once(parts, name, async () => {
        if (daybook.code) await this.run(daybook.code + name).catch((cause) => {
          throw new daybook.search.SearchError("version", "A part of the search could not be loaded. Reload the page.", cause);
        });
      });
    }

    /** Forget everything, so that it is loaded anew. */
    clear() {
      this.failed = false;
      this.loading.clear();
    }
  }

  /** Tells a file without a hash in its name that is asked for again, and is not to come from a cache. */
  function repetitions() {
    /** @type {Set<string>} */
    const asked = new Set();
    return (/** @type {string} */ name) => !name.includes("/") && (asked.has(name) || !asked.add(name));
  }

  /**
   * A `run` for browsers: a script element, which works from `file://` too.
   * @param {string} folder The address of the search folder, ending in a slash.
   * @returns {(name: string) => Promise<void>}
   */
  function scriptRunner(folder) {
    const again = repetitions();
    return (name) =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}${name}.js${again(name) ? `?${Date.now()}` : ""}`;
        script.addEventListener("load", () => (script.remove(), resolve()));
        script.addEventListener("error", () => (script.remove(), reject(new Error(script.src))));
        document.head.append(script);
      });
  }

  /**
   * A `run` for HTTP, with or without a page: the file is read, and only a part of this program is run.
   * @param {string} folder The address of the search folder, ending in a slash.
   * @returns {(name: string) => Promise<void>}
   */
  function fetchRunner(folder) {
    const again = repetitions();
    return async (name) => {
      if (/^(code|\.\.)\//.test(name)) {
        const { importScripts: run } = /** @type {any} */ (globalThis);
        return run ? run(`${folder}${name}.js`) : scriptRunner(folder)(name);
      }
      const response = await fetch(`${folder}${name}.js`, { cache: again(name) ? "reload" : "default" });
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      const [, told, value, version] = DELIVERY.exec(await response.text()) ?? [];
      if (value && told === name) receive(name, JSON.parse(value), Number(version));
    };
  }

  Object.assign(daybook.search, { receive, VERSION, once, Files, scriptRunner, fetchRunner });
})();
