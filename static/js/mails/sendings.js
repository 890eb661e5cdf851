/** Sendings on the desk: the numbers follow what is sent, as the server renders them; nothing else of the page changes. */
import { pause } from '#hub/web/backoff.js';

const BUSY_MS = 3_000;
const QUIET_MS = 15_000;

void follow();

/** Ask for the page again and again while it can be seen, often only while something is being sent. */
async function follow() {
  for (;;) {
    await pause(document.querySelector('[data-busy]') ? BUSY_MS : QUIET_MS);
    await seen();
    try {
      const response = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
      if (response.redirected) return; // signed out
      if (response.ok) take(new DOMParser().parseFromString(await response.text(), 'text/html'));
    } catch {
      // the numbers stay until the network is back
    }
  }
}

/** @returns {Promise<void>} resolves when somebody sees the page */
function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}

/** @param {Document} fresh the page as it is now */
function take(fresh) {
  for (const shown of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-live]'))) {
    const now = fresh.getElementById(shown.id);
    if (!now) continue;
    shown.hidden = now.hidden;
    if (shown instanceof HTMLProgressElement && now instanceof HTMLProgressElement) {
      shown.max = now.max;
      shown.value = now.value;
    } else if (!shown.children.length && shown.textContent !== now.textContent) {
      shown.textContent = now.textContent;
      shown.dataset.kind = now.dataset.kind ?? '';
    }
  }
  const busy = fresh.querySelectorAll('.sending');
  document.querySelectorAll('.sending').forEach((one, place) => one.toggleAttribute('data-busy', busy[place]?.hasAttribute('data-busy') ?? false));
}
