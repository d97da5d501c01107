// Getting the index's files: scripts that hand over their contents, from a server or from a disk.
"use strict";
(() => {
  /** What scripts have delivered and nobody has taken yet. @type {Map<string, unknown>} */
  const delivered = new Map();

  /**
   * What every file of the index calls.
   * @param {string} name
   * @param {unknown} value
   */
  function receive(name, value) {
    delivered.set(name, value);
  }

  /** Loads files by name, each once. */
  class Files {
    /** @param {(name: string) => Promise<void>} run Runs the script of that name. */
    constructor(run) {
      this.run = run;
      /** @type {Map<string, Promise<any>>} */
      this.loading = new Map();
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
        value.catch(() => this.loading.delete(name));
      }
      return value;
    }

    /** @param {string} name */
    async fetched(name) {
      const { SearchError } = daybook.search;
      try {
        await this.run(name);
      } catch (cause) {
        throw new SearchError("missing", "A part of the search index could not be loaded.", cause);
      }
      if (!delivered.has(name)) {
        throw new SearchError("damaged", "A part of the search index is not what it should be.");
      }
      const value = delivered.get(name);
      delivered.delete(name);
      return value;
    }

    /** Forget everything, so that it is loaded anew. */
    clear() {
      this.loading.clear();
    }
  }

  /**
   * A `run` for browsers: a script element, which works from `file://` too.
   * @param {string} folder The address of the search folder, ending in a slash.
   * @returns {(name: string) => Promise<void>}
   */
  function scriptRunner(folder) {
    let manifests = 0;
    return (name) =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        // A manifest asked for again is not to come from a cache.
        const again = name === "manifest" && manifests++ > 0 ? `?${Date.now()}` : "";
        script.src = `${folder}${name}.js${again}`;
        script.addEventListener("load", () => (script.remove(), resolve()));
        script.addEventListener("error", () => (script.remove(), reject(new Error(script.src))));
        document.head.append(script);
      });
  }

  Object.assign(daybook.search, { receive, Files, scriptRunner });
})();
