// The filters: what they offer, with how many papers, and what of them the reader wishes.
"use strict";
(() => {
  const { root, element, button, TEXTS, readWish, writtenWish } = daybook.page;
  const MOST_YEARS = 40;

  /** The part of the page that filters. */
  class Panel {
    /**
     * @param {HTMLDetailsElement} details
     * @param {() => void} changed
     * @param {(text: string) => Promise<daybook.Suggestion[]>} suggest
     */
    constructor(details, changed, suggest) {
      this.details = details;
      this.changed = changed;
      this.summary = /** @type {HTMLElement} */ (details.querySelector("summary"));
      this.years = /** @type {HTMLElement} */ (details.querySelector(".years"));
      this.code = /** @type {HTMLElement} */ (details.querySelector(".count"));
      const author = /** @type {HTMLInputElement} */ (this.field("author"));
      this.box = new daybook.page.Combobox(author, "Authors", suggest, ({ name }) => {
        author.value = name;
        changed();
      });
      details.addEventListener("change", () => changed());
      this.clear = /** @type {HTMLElement} */ (details.querySelector("button"));
      this.clear.addEventListener("click", () => {
        this.show({});
        changed();
        this.summary.focus();
      });
    }

    /** @param {string} name @returns {HTMLInputElement | HTMLSelectElement} */
    field(name) {
      return /** @type {HTMLInputElement} */ (this.details.querySelector(`[name=${name}]`));
    }

    /** What the fields say. */
    wish() {
      return readWish((name) => {
        const field = this.details.querySelector(`[name=${name}]`);
        if (field instanceof HTMLInputElement && field.type === "checkbox") return field.checked ? "1" : "";
        return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : "";
      });
    }

    /**
     * Show what is wished but where the reader, who came before this, has entered something; go on with what is typed.
     * @param {daybook.Wish} wish
     * @returns {boolean} Whether anything was entered to the end.
     */
    begin(wish) {
      const { input } = this.box;
      const { author, ...entered } = Object.fromEntries(Object.entries(this.wish()).filter(([, value]) => value));
      this.show({ ...wish, ...entered, ...(author ? { author: input.value } : {}) });
      const typing = document.activeElement === input;
      if (author && typing) this.box.open();
      return Object.keys(entered).length > 0 || Boolean(author && !typing);
    }

    /** @param {daybook.Wish} wish */
    show(wish) {
      for (const name of TEXTS) {
        const field = this.field(name);
        const value = wish[name] ?? "";
        if (field instanceof HTMLSelectElement && value && ![...field.options].some((option) => option.value === value)) {
          field.append(element("option", { value }, [value]));
        }
        field.value = value;
      }
      /** @type {HTMLInputElement} */ (this.field("code")).checked = wish.code ?? false;
      const active = writtenWish({ ...wish, sort: undefined, typed: undefined }).length;
      this.clear.hidden = !active;
      this.summary.textContent = active ? `Filters (${active})` : "Filters";
    }

    /**
     * @param {daybook.Counts} counts
     * @param {boolean} complete Whether they are exact.
     */
    tell(counts, complete) {
      const least = complete ? "" : "at least ";
      for (const name of /** @type {const} */ (["topic", "digest"])) {
        const field = /** @type {HTMLSelectElement} */ (this.field(name));
        const { value } = field;
        const offered = counts[name].map((count) => element("option", { value: count.value }, [`${count.name} (${least}${count.count})`]));
        if (value && !counts[name].some((count) => count.value === value)) {
          const text = field.selectedOptions[0]?.textContent?.replace(/ \([^()]*\)$/, "") ?? value;
          offered.push(element("option", { value }, [`${text} (${least}0)`]));
        }
        field.replaceChildren(element("option", { value: "" }, ["Any"]), ...offered);
        field.value = value;
      }
      const focused = this.years.contains(document.activeElement) ? document.activeElement?.getAttribute("value") : null;
      this.years.replaceChildren(...counts.year.slice(0, MOST_YEARS).map(({ value, count }) => {
        const year = button(value, () => {
          for (const name of ["from", "to"]) this.field(name).value = value;
          this.changed();
        });
        year.setAttribute("value", value);
        year.append(" ", element("span", { class: "count" }, [`${least}${count}`]));
        return element("li", {}, [year]);
      }));
      if (focused) /** @type {HTMLElement | null} */ (this.years.querySelector(`[value="${focused}"]`))?.focus();
      this.code.textContent = `${least}${counts.code}`;
    }
  }

  /**
   * Go where a suggestion leads; an author without a page is a filter.
   * @param {daybook.SearchPage} page
   * @param {daybook.Suggestion} chosen
   */
  async function follow(page, { name, url, paper }) {
    if (paper !== undefined) location.href = root + (await page.client.card(paper)).url;
    else if (url) location.href = root + url;
    else {
      page.input.value = "";
      page.details.open = true;
      (await page.filter())?.show({ ...page.wish(), author: name });
      page.ask();
    }
  }

  Object.assign(daybook.page, { Panel, follow });
})();
