/** The desk's list of devices: drawn anew from the server while the page is looked at, because what devices tell is no fact. */
import '#hub/checkin/off-gate.js';
import { need } from '#hub/web/dom.js';

const EVERY_MS = 15_000;

setInterval(() => void refresh(), EVERY_MS);
document.addEventListener('visibilitychange', () => void refresh());

async function refresh() {
  const list = need('#devices');
  if (document.hidden || list.contains(document.activeElement) || document.querySelector('dialog[open]')) return;
  try {
    const response = await fetch(location.pathname, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('#devices');
    if (fresh) list.replaceWith(document.adoptNode(fresh));
  } catch {
    // the network is away: the list stays as it was
  }
}
