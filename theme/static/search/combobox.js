// A text box that suggests: the combobox of the ARIA Authoring Practices with a list box that never
// takes the focus and never chooses by itself.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
"use strict";
(() => {
  const { element } = daybook.page;

  class Combobox {
    /**
     * @param {HTMLInputElement} input
     * @param {string} label What the suggestions are.
     * @param {(text: string) => Promise<daybook.Suggestion[]>} suggest
     * @param {(chosen: daybook.Suggestion) => void} choose
     */
    constructor(input, label, suggest, choose) {
      this.input = input;
      this.suggest = suggest;
      this.choose = choose;
      /** @type {daybook.Suggestion[]} */
      this.shown = [];
      this.active = -1;
      this.asked = 0;
      const id = `${input.name}-suggestions`;
      this.list = element("ul", { role: "listbox", id, "aria-label": label, class: "suggestions" });
      this.list.hidden = true;
      input.after(this.list);
      for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": id, autocomplete: "off" })) input.setAttribute(name, value);
      input.addEventListener("input", (event) => {
        if (!(/** @type {InputEvent} */ (event).isComposing)) this.open();
      });
      input.addEventListener("compositionend", () => this.open());
      input.addEventListener("keydown", (event) => this.press(event));
      input.addEventListener("blur", () => this.close());
      // A press on the list leaves the focus where it is; a click there chooses.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
        if (option) this.take([...this.list.children].indexOf(option));
      });
    }

    /** Ask for what the text may become, and show it if it still is what is asked. */
    async open() {
      const turn = ++this.asked;
      const found = await this.suggest(this.input.value).catch(() => []);
      if (turn === this.asked && document.activeElement === this.input) this.show(found);
    }

    /** @param {daybook.Suggestion[]} found */
    show(found) {
      this.shown = found;
      this.list.replaceChildren(...found.map(({ kind, name, count }, i) => {
        const about = count === undefined ? kind : `${kind}, ${daybook.page.counted(count, "paper")}`;
        return element("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false" },
          [element("bdi", {}, [name]), " ", element("small", {}, [about])]);
      }));
      this.list.hidden = !found.length;
      this.input.setAttribute("aria-expanded", String(found.length > 0));
      this.activate(-1);
    }

    close() {
      this.asked++;
      this.show([]);
    }

    /** @param {number} at */
    activate(at) {
      this.list.children[this.active]?.setAttribute("aria-selected", "false");
      this.active = at;
      const option = this.list.children[at];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    /** @param {number} at */
    take(at) {
      const chosen = this.shown[at];
      this.close();
      if (chosen) this.choose(chosen);
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const size = this.shown.length + 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (size === 1) this.open();
        else this.activate((this.active + 1 + (event.key === "ArrowDown" ? 1 : size - 1)) % size - 1);
      } else if (event.key === "Escape" && size > 1) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter") {
        if (this.active < 0) return this.close();
        event.preventDefault();
        this.take(this.active);
      }
    }
  }

  daybook.page.Combobox = Combobox;
})();
