/** Keeps the display on while its page is seen; the browser lets go when the page is hidden, so it is asked again at each return. */

/**
 * @param {Document} [page]
 * @param {{wakeLock?: {request: (kind: 'screen') => Promise<{addEventListener: (event: 'release', fn: () => void) => void}>}}} [device]
 */
export function keepAwake(page = document, device = navigator) {
  let asked = false;
  const ask = async () => {
    if (asked || page.visibilityState !== 'visible') return;
    asked = true;
    const lock = await device.wakeLock?.request('screen').catch(() => null);
    if (lock) lock.addEventListener('release', () => (asked = false));
    else asked = false;
  };
  page.addEventListener('visibilitychange', () => void ask());
  void ask();
}
