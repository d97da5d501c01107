// What every page can do beyond reading: '/' goes to the search box, and a button copies a text.
"use strict";
(() => {
  // Over HTTP what was visited can be read again without a network.
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  if ("offline" in script.dataset && "serviceWorker" in navigator && location.protocol.startsWith("http")) {
    navigator.serviceWorker.register(new URL("../service-worker.js", script.src)).catch(() => undefined);
  }

  // Citing is loaded where there is something to cite; the search page has its own.
  if (document.querySelector("#bibtex, main:not(.search) .cards")) {
    for (const name of ["citing.js", "citing_page.js"]) {
      const part = document.createElement("script");
      part.src = new URL(name, script.src).href;
      part.async = false;
      document.head.append(part);
    }
  }

  /**
   * Whether a key pressed here is being typed into something.
   * @param {EventTarget | null} target
   */
  function isTyping(target) {
    if (!(target instanceof HTMLElement)) return false;
    return target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName);
  }

  // The policy lets forms post to the keeper's mailing service and nowhere else.
  const search = document.querySelector("body > header form");
  search?.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (search);
    location.assign(`${form.action}?q=${encodeURIComponent(form.q.value)}`);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    const box = document.querySelector("main input[type=search], input[type=search]");
    if (!(box instanceof HTMLInputElement)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  /**
   * Select an element's text: what the reader can still copy by hand.
   * @param {Element} element
   */
  function select(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  }

  /**
   * Copy an element's text; the clipboard is refused on plain-HTTP hosts, so fall back to the selection.
   * @param {Element} element
   */
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent ?? "");
      return true;
    } catch {
      select(element);
      return document.execCommand("copy");
    }
  }

  for (const button of document.querySelectorAll("button")) {
    const text = document.getElementById(button.dataset.copy ?? "");
    if (!text) continue;
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const copied = await copy(text);
      button.textContent = copied ? "Copied" : "Selected";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
})();
