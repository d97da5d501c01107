// Long work in short turns, so that a page that searches on its own thread still answers keys. The
// order of what is done, and so every result, is the same however it is cut.
"use strict";
(() => {
  /** How long a turn may last, in milliseconds; what is between two looks at the clock comes on top. */
  const TURN = 12;

  let begun = 0;
  /** @type {Promise<void> | null} */
  let resting = null;

  /** Let others have their turn, if this one has lasted long enough. A message is the fastest way there. */
  async function pause() {
    if (performance.now() - begun < TURN) return;
    resting ??= new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resting = null;
        begun = performance.now();
        resolve();
      };
      port2.postMessage(null);
    });
    await resting;
  }

  Object.assign(daybook.search, { pause });
})();
