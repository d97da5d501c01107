// The starred papers, and what a reader adds to them: whether they are read, tags, a note. Loaded by paper.js where
// its paper is starred, and by the reading list.
"use strict";
(() => {
  const { prefix, memory, kept, keep, star } = daybook;

  /** @param {string} slug @returns {daybook.Entry | null} */
  function entry(slug) {
    const text = kept(slug);
    if (text === null) return null;
    // What is damaged still says which paper it was.
    const guessed = { id: slug, title: slug.replaceAll("-", " "), damaged: true };
    try {
      const found = JSON.parse(text);
      const texts = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
      // Other sites of the same host can write here, too.
      for (const name of ["venue", "arxiv", "doi", "url", "note", "abstract"]) if (typeof found[name] !== "string") delete found[name];
      if (!/^\d{4}(-\d\d){0,2}$/.test(found.date)) delete found.date;
      if (!Number.isInteger(found.more)) delete found.more;
      return { ...found, ...(typeof found.title !== "string" && guessed), id: slug, authors: texts(found.authors), tags: texts(found.tags) };
    } catch {
      return guessed;
    }
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

  /**
   * What a list becomes that two windows changed at once, both from `before` on: what either added, without what either took out.
   * @param {string[]} before @param {string[]} theirs @param {string[]} ours
   */
  const merged = (before, theirs, ours) => [...new Set([
    ...ours.filter((one) => theirs.includes(one) || !before.includes(one)), ...theirs.filter((one) => !before.includes(one))])];

  /** The same for a text. @param {string} before @param {string} theirs @param {string} ours */
  const joined = (before, theirs, ours) =>
    theirs === before || ours.includes(theirs) ? ours : theirs.includes(ours) ? theirs : `${theirs}\n${ours}`;

  /** @param {string} slug */
  function notes(slug) {
    const box = document.createElement("div");
    box.className = "mine";
    let last = /** @type {daybook.Entry} */ (entry(slug));
    box.role = "group";
    box.ariaLabel = `Yours: ${last.title}`;

    /** @param {string} name @param {HTMLInputElement | HTMLTextAreaElement} input */
    function label(name, input) {
      const made = document.createElement("label");
      made.append(...(input.type === "checkbox" ? [input, ` ${name}`] : [`${name} `, input]));
      box.append(made);
    }

    /**
     * Save what is said of a paper; what was written of one that another window has taken off is not lost.
     * @param {(now: daybook.Entry) => Partial<daybook.Entry>} said
     * @param {string} [off] How to take that off, too.
     */
    function change(said, off) {
      const now = entry(slug);
      last = now ?? last;
      if (now || off) star({ ...last, ...said(last) });
      if (!now) daybook.say(`It is ${off ? "on your reading list again, with what you wrote" : "no longer on your reading list"}.`, off, () => keep(slug, null));
    }

    /**
     * What is being typed stays while other windows save; then it is saved beside what they said.
     * @param {string} name
     * @param {HTMLInputElement | HTMLTextAreaElement} input
     * @param {(now: daybook.Entry | null) => string} told
     * @param {(before: string, now: daybook.Entry, ours: string) => Partial<daybook.Entry>} said
     */
    function text(name, input, told, said) {
      let before = input.value;
      const show = () => {
        if (input.value !== before) return;
        input.value = told(entry(slug));
        before = input.value; // whose ends of lines are the field's own
      };
      const save = () => {
        if (input.value === before) return;
        change((now) => said(before, now, input.value), "Take it off");
        before = input.value;
        show();
      };
      label(name, input);
      show();
      addEventListener("storage", show);
      addEventListener("pagehide", () => box.isConnected && save());
      input.addEventListener("change", save);
    }

    const read = Object.assign(document.createElement("input"), { type: "checkbox" });
    const tags = Object.assign(document.createElement("input"), { autocomplete: "off", placeholder: "divided by commas" });
    const note = Object.assign(document.createElement("textarea"), { rows: 1 });
    const parts = (/** @type {string} */ told) => told.split(",").map((tag) => tag.trim()).filter(Boolean);
    const tell = () => { read.checked = Boolean(entry(slug)?.read); };
    label("Read", read);
    tell();
    addEventListener("storage", tell);
    read.addEventListener("change", () => change(() => ({ read: read.checked })));
    text("Tags", tags, (now) => (now?.tags ?? []).join(", "),
      (before, now, ours) => ({ tags: merged(parts(before), now.tags ?? [], parts(ours)) }));
    text("Note", note, (now) => now?.note ?? "", (before, now, ours) => ({ note: joined(before.trim(), now.note ?? "", ours.trim()) }));
    return box;
  }

  Object.assign(daybook, { entry, starred, notes, merged, joined });
})();
