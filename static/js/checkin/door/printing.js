/** Printing a page of the hub from another one, without leaving it: an app on the home screen has no second window. */
import { el } from '#hub/web/dom.js';

/**
 * Make the frame from which a page is printed; it is loaded when something is printed.
 * @param {string} address of a page with a button `#print`
 * @returns {{frame: HTMLIFrameElement, print: () => Promise<boolean>}} `print`: false when the page could not be loaded
 */
export function printing(address) {
  const frame = el('iframe', { class: 'door-print', 'aria-hidden': 'true', tabindex: -1 });
  const print = async () => {
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true });
    });
    frame.src = address;
    await loaded;
    const button = printButton(frame);
    button?.click();
    return button !== null;
  };
  return { frame, print };
}

/**
 * The button of the page in a frame; null when another page came, such as the browser's own about a missing network.
 * @param {HTMLIFrameElement} frame
 */
function printButton(frame) {
  try {
    return /** @type {HTMLElement | null} */ (frame.contentDocument?.querySelector('#print') ?? null);
  } catch {
    return null;
  }
}
