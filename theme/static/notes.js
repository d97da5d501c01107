// The starred papers, and what a reader adds to them: whether they are read, tags, a note. Loaded by paper.js where
// its paper is starred, and by the reading list.
"use strict";
(() => {
  const { prefix, memory, kept, star } = daybook;

  /** @param {string} slug @returns {daybook.Entry | null} */
  function entry(slug) {
    const text = kept(slug);
    if (text === null) return null;
    try {
      const found = JSON.parse(text);
      const texts = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.map(String) : []);
      // Other sites of the same host can write here, too.
      for (const name of ["venue", "arxiv", "doi", "url", "note", "abstract"]) if (typeof found[name] !== "string") delete found[name];
      if (!/^\d{4}(-\d\d){0,2}$/.test(found.date)) delete found.date;
      if (!Number.isInteger(found.more)) delete found.more;
      if (typeof found.title === "string") return { ...found, id: slug, authors: texts(found.authors), tags: texts(found.tags) };
    } catch {
      // What is damaged still says which paper it was.
    }
    return { id: slug, title: slug.replaceAll("-", " "), damaged: true };
  }

  function starred() {
    const names = new Set(memory.keys());
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) names.add(key.slice(prefix.length));
    } catch {
      // Nothing is kept here.
    }
    return [...names].filter((name) => /^[a-z0-9-]+$/.test(name) && kept(name) !== null);
  }

  /** @param {string} slug */
  function notes(slug) {
    const box = document.createElement("div");
    box.className = "mine";

    /**
     * @param {string} name
     * @param {HTMLInputElement | HTMLTextAreaElement} input
     * @param {() => void} show
     * @param {() => Partial<daybook.Entry>} said
     */
    function part(name, input, show, said) {
      const label = document.createElement("label");
      label.append(...(input.type === "checkbox" ? [input, ` ${name}`] : [`${name} `, input]));
      box.append(label);
      show();
      addEventListener("storage", show);
      input.addEventListener("change", () => {
        const now = entry(slug);
        if (now) star({ ...now, ...said() });
        else daybook.say("It is no longer on your reading list.");
      });
    }

    const read = Object.assign(document.createElement("input"), { type: "checkbox" });
    const tags = document.createElement("input");
    const note = Object.assign(document.createElement("textarea"), { rows: 1 });
    tags.autocomplete = "off";
    tags.placeholder = "divided by commas";
    part("Read", read, () => { read.checked = Boolean(entry(slug)?.read); }, () => ({ read: read.checked }));
    part("Tags", tags, () => { tags.value = (entry(slug)?.tags ?? []).join(", "); },
      () => ({ tags: [...new Set(tags.value.split(",").map((tag) => tag.trim()).filter(Boolean))] }));
    part("Note", note, () => { note.value = entry(slug)?.note ?? ""; }, () => ({ note: note.value.trim() }));
    return box;
  }

  Object.assign(daybook, { entry, starred, notes });
})();
