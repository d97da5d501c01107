// Making elements and wording what they say. Every text goes in as text.
"use strict";
(() => {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** The base folder, as every URL of the index is relative to it; all this becomes search/page.js. */
  const root = new URL("../", script.src).href;

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  function element(tag, attributes = {}, children = []) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /**
   * @param {string} label
   * @param {() => void} act
   */
  function button(label, act) {
    const made = /** @type {HTMLButtonElement} */ (element("button", { type: "button" }, [label]));
    made.addEventListener("click", act);
    return made;
  }

  /** @param {string} date */
  function dateText(date) {
    const [year = "", month, day] = date.split("-");
    return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
  }

  /** @param {number} number @param {string} noun */
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  daybook.page = /** @type {any} */ ({ root, element, button, dateText, counted });
})();
