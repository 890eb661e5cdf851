/**
 * Scans that no page of this browser can send any more: their key was deleted, or all that the browser kept, or it does not know any more as which
 * device they were made. Staff are told how many there are and from when, until somebody says "seen".
 */
import { pairings } from '#hub/checkin/device.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/queue/vault.js').Lost} Lost */

/** Ask the browser not to delete what is kept here when its disk is full. */
export function askToStay() {
  void globalThis.navigator.storage?.persist?.().catch(() => {});
}

/**
 * Say what is lost, if anything is.
 * @param {Vault} vault of this page
 * @param {{conf: string, device: string | null, zone: string}} page `device`: as which this browser is paired
 */
export async function tellLost(vault, { conf, device, zone }) {
  const others = (await unclaimed(conf, device)).map((one) => new Vault(conf, one));
  const own = await vault.lost().catch(() => null);
  const left = await Promise.all(others.map((one) => all(one).catch(() => null)));
  const lost = [own, ...left].filter((one) => one !== null).reduce(sum, { count: 0, from: null, to: null });
  if (lost.count === 0) return void others.forEach((one) => void one.close());
  setText(need('#lost-words'), lostWords(lost, zone));
  need('#lost').hidden = false;
  need('#lost-seen').addEventListener('click', () => {
    need('#lost').hidden = true;
    void vault.forgetLost();
    for (const other of others) void forget(other);
  });
}

/**
 * @param {Lost} lost
 * @param {string} zone IANA name of the event's zone
 */
export function lostWords({ count, from, to }, zone) {
  const what = t('보내지 못하게 된 스캔 {n}건', { n: count });
  const when = from === null || to === null ? '' : between(clockTime(from, zone), clockTime(to, zone));
  const way = t('브라우저가 저장한 것을 지워 읽을 수 없습니다. 그때 들어온 분을 다시 스캔해 주세요. 두 번 스캔해도 한 번만 입장합니다.');
  return [[what, when].filter(Boolean).join(' · '), way].join('. ');
}

/**
 * @param {string} from
 * @param {string} to
 */
function between(from, to) {
  return from === to ? t('{at}에 이 기기에서 스캔함', { at: from }) : t('{from}–{to}에 이 기기에서 스캔함', { from, to });
}

/**
 * The devices as which this browser made scans and does not know itself any more.
 * @param {string} conf
 * @param {string | null} device
 */
async function unclaimed(conf, device) {
  const prefix = `checkin:${conf}:`;
  const known = new Set([device, ...pairings().map((one) => one.device)]);
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const names = databases.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return names.filter((one) => !known.has(one));
}

/**
 * @param {Vault} vault of which nothing can be sent
 * @returns {Promise<Lost | null>}
 */
async function all(vault) {
  const [waiting, lost] = [await vault.waiting(), await vault.lost()];
  const made = waiting.map((scan) => scan.made);
  return made.length === 0 ? lost : sum(lost ?? { count: 0, from: null, to: null }, { count: made.length, from: Math.min(...made), to: Math.max(...made) });
}

/** @param {Vault} vault */
async function forget(vault) {
  for (const scan of await vault.waiting()) await vault.drop(scan);
  await vault.forgetLost();
  await vault.close();
}

/**
 * @param {Lost} one
 * @param {Lost} other
 * @returns {Lost}
 */
function sum(one, other) {
  const times = [one.from, one.to, other.from, other.to].filter((at) => at !== null);
  return { count: one.count + other.count, from: times.length > 0 ? Math.min(...times) : null, to: times.length > 0 ? Math.max(...times) : null };
}
