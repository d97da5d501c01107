// Getting the index's files: scripts that hand over their contents, from a server or from a disk.
"use strict";
(() => {
  /** Of the index's format: `VERSION` of plugins/daybook/search/shards.py. */
  const VERSION = 4;

  /** A file of the index. */
  const DELIVERY = /^daybook\.search\.receive\("[^"]*",(.*),(\d+)\);\n$/s;

  /** What scripts have delivered. @type {Map<string, { value: any, version: number }>} */
  const delivered = new Map();

  /**
   * What every file of the index calls.
   * @param {string} name
   * @param {unknown} value
   * @param {number} version Of its format.
   */
  function receive(name, value, version) {
    delivered.set(name, { value, version });
  }

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
     * The value a file delivers. A file that is missing or broken is tried again when asked again.
     * @param {string} name
     * @returns {Promise<any>}
     */
    load(name) {
      let value = this.loading.get(name);
      if (!value) {
        value = this.fetched(name);
        this.loading.set(name, value);
        value.catch(() => (this.failed = this.loading.delete(name)));
      }
      return value;
    }

    /** @param {string} name */
    async fetched(name) {
      const { SearchError } = daybook.search;
      delivered.delete(name);
      try {
        await this.run(name);
      } catch (cause) {
        throw new SearchError("missing", "A part of the search index could not be loaded.", cause);
      }
      // It is left there: who began anew meanwhile may wait for the same file.
      const delivery = delivered.get(name);
      if (!delivery) throw new SearchError("damaged", "A part of the search index is not what it should be.");
      if (delivery.version !== VERSION) {
        throw new SearchError("version", "The search index is of another version than this page. Reload the page.");
      }
      return delivery.value;
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
   * A `run` for HTTP, with or without a page: the file is read, not run.
   * @param {string} folder The address of the search folder, ending in a slash.
   * @returns {(name: string) => Promise<void>}
   */
  function fetchRunner(folder) {
    const again = repetitions();
    return async (name) => {
      const cache = again(name) ? "reload" : "default";
      const response = await fetch(`${folder}${name}.js`, { cache });
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      const [, value, version] = DELIVERY.exec(await response.text()) ?? [];
      if (value) receive(name, JSON.parse(value), Number(version));
    };
  }

  Object.assign(daybook.search, { receive, VERSION, Files, scriptRunner, fetchRunner });
})();
