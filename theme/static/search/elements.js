// Making elements and wording what they say. Every text goes in as text.
"use strict";
(() => {
  const { base: root, button } = daybook;

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

  /** A date in words, as exact as it is known. @param {string} date */
  const dateText = (date) => new Date(date).toLocaleDateString("en-GB",
    { timeZone: "UTC", year: "numeric", ...(date[4] && { month: "long" }), ...(date[7] && { day: "numeric" }) });

  /** @param {number} number @param {string} noun */
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /** Have a part of the page's program. @param {string} name */
  const part = (name) => daybook.load(`../search/${daybook.code}${name}.js`);

  daybook.page = /** @type {any} */ ({ root, element, button, dateText, counted, part });
})();
