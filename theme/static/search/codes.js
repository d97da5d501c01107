// Numbers written as printable characters: the twin of plugins/daybook/search/codes.py.
"use strict";
globalThis.daybook ??= /** @type {any} */ ({});
daybook.search ??= /** @type {any} */ ({});

(() => {
  const ENDS = 64;
  const MORE = 27;

  /** What each character code means: below ENDS the last digit, from ENDS on one that continues. */
  const MEANING = new Int8Array(128).fill(-1);
  for (let code = 0x21, meaning = 0; code < 0x7f; code++) {
    if (!'"\\<'.includes(String.fromCharCode(code))) MEANING[code] = meaning++;
  }

  /** @param {unknown} sound Whether what is read is of the shape that it must have. */
  function must(sound) {
    if (!sound) throw new Error("another shape");
  }

  /** Reads one number after the other from a string. */
  class CodeReader {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
      this.at = 0;
    }

    /** The next number. Throws where there is none. */
    next() {
      let high = 0;
      for (;;) {
        const meaning = MEANING[this.text.charCodeAt(this.at++)] ?? -1;
        must(meaning >= 0);
        if (meaning < ENDS) return high * ENDS + meaning;
        high = high * MORE + (meaning - ENDS) + 1;
      }
    }

    /** Throws where there is another number: what was read was written for somebody else. */
    end() {
      must(this.at === this.text.length);
    }
  }

  Object.assign(daybook.search, { must, CodeReader });
})();
