/**
 * Says, on pages where nobody is signed in, that scans wait in this browser, and what sends them: those of a device once it is paired again, the others
 * once somebody signs in. They are counted where they are kept, so that the number is right after a crash too.
 */
import { pairings } from '#hub/checkin/device.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{paired: number, unpaired: number}} Here how many scans wait: those that paired devices made, and the others */

const PREFIX = 'checkin:';

/** @param {HTMLElement} place where it is said; hidden while nothing waits */
export async function tellWaiting(place) {
  const lines = waitingHereWords(await waitingHere());
  place.replaceChildren(...lines.map((line) => el('p', null, line)));
  place.hidden = lines.length === 0;
}

/** @returns {Promise<Here>} */
export async function waitingHere() {
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const there = new Set(databases.map(({ name }) => name ?? ''));
  const paired = pairings().filter(({ conf, device }) => there.has(`${PREFIX}${conf}:${device}`)).map(({ conf, device }) => new Vault(conf, device));
  const confs = [...there].filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)).filter((conf) => !conf.includes(':'));
  return { paired: await countOf(paired), unpaired: await countOf(confs.map((conf) => new Vault(conf))) };
}

/** @param {Vault[]} vaults that are closed again */
async function countOf(vaults) {
  let count = 0;
  for (const vault of vaults) {
    count += (await vault.waiting().catch(() => [])).length;
    await vault.close();
  }
  return count;
}

/** @param {Here} here */
export function waitingHereWords({ paired, unpaired }) {
  const ofDevice = t('이 기기에 보내지 못한 스캔이 {n}건 있습니다. 기기를 다시 연결하면 전송합니다.', { n: paired });
  const others = t('이 기기에 보내지 못한 스캔이 {n}건 있습니다. 로그인해 체크인 화면을 열면 전송합니다. 전송하기 전에는 이 기기를 연결하지 마세요.', { n: unpaired });
  return [paired > 0 && ofDevice, unpaired > 0 && others].filter((line) => line !== false);
}
