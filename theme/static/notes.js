// What a reader adds to a starred paper: whether it is read, tags, a note. Loaded by daybook.js and reading_list.js.
"use strict";
(() => {
  const { entry, star } = daybook;

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

  Object.assign(daybook, { notes });
})();
