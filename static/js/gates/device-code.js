/** The code that pairs a device: says at once which browser used it, with the way to end it if it is the wrong one. */
import '#hub/checkin/off-gate.js';
import { pause } from '#hub/web/backoff.js';
import { el, need, pageData } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const EVERY_MS = 2_000;

/** @type {{link: string, devices: string}} */
const { link, devices } = pageData();

void wait();

async function wait() {
  for (;;) {
    await pause(EVERY_MS);
    const found = document.hidden ? null : await asked();
    if (found?.device) return show(found.device);
    if (found?.over) return over();
  }
}

/** @returns {Promise<{device: {id: string, name: string, browser: string | null} | null, over: boolean} | null>} null: no answer */
async function asked() {
  try {
    const response = await fetch(`${devices}/codes/${link}`, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** @param {{id: string, name: string, browser: string | null}} device */
function show(device) {
  need('#code-shown').hidden = true;
  const state = need('#pairing-state');
  state.dataset.kind = 'good';
  const words = device.browser ? t('연결되었습니다: {name}, {browser}', { name: device.name, browser: device.browser }) : t('연결되었습니다: {name}', { name: device.name });
  state.replaceChildren(words, ' ', el('a', { href: `${devices}/${device.id}` }, t('다른 기기라면 여기서 끝내세요.')));
}

function over() {
  need('#code-shown').hidden = true;
  const state = need('#pairing-state');
  state.dataset.kind = 'warn';
  state.textContent = t('이 코드는 기한이 지났습니다. 새 코드를 만들어 주세요.');
}
