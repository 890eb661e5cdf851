/**
 * Keeps a paired device ready for a time without the network: its roster is renewed, the hub is told how the device is, and one line says up to
 * when the device knows which badges.
 */
import { Roster } from '#hub/checkin/queue/roster.js';
import { post } from '#hub/checkin/queue/posting.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/queue/scan-queue.js').ScanQueue} ScanQueue */
/** @typedef {import('#hub/checkin/queue/roster.js').Status} Status */

const EVERY_MS = 60_000;

/**
 * @param {ScanQueue} queue
 * @param {{conf: string, zone: string, device: {id: string} | null}} page `device`: null where this browser is not paired
 * @returns {{connected: (state: import('#hub/live/link.js').State) => void}}
 */
export function keepReady(queue, { conf, zone, device }) {
  const api = `/api/v1/c/${conf}/checkin`;
  const draw = (/** @type {Status} */ status) => setText(need('#offline-ready'), readyWords(status, device !== null, zone));
  const roster = new Roster(`${api}/roster`, queue.environment, draw);
  queue.answerBy(roster);
  const renew = async () => {
    if (!navigator.onLine) return;
    await roster.refresh();
    await report(queue, `${api}/device`, roster.status);
  };
  void roster.load().then(() => (device ? renew() : undefined));
  if (device) setInterval(() => void renew(), EVERY_MS);
  return {
    connected(state) {
      if (device && state === 'live') void renew();
    },
  };
}

/**
 * @param {Status} status
 * @param {boolean} paired
 * @param {string} zone IANA name of the event's zone
 */
export function readyWords(status, paired, zone) {
  if (status) return t('네트워크 없이도 준비됨 · 명찰 {n}개 · {time} 기준', { n: status.badges, time: clockTime(status.asOf, zone) });
  if (paired) return t('네트워크가 끊기면 명찰을 알아보지 못합니다. 명단을 받는 중입니다.');
  return t('연결된 기기가 아니어서, 네트워크가 끊기면 스캔을 보관만 합니다. 운영진에게 기기 연결을 요청하세요.');
}

/**
 * Tell the hub how this device is.
 * @param {ScanQueue} queue
 * @param {string} url
 * @param {Status} status
 */
async function report(queue, url, status) {
  const { environment } = queue;
  const waiting = await environment.vault.waiting().catch(() => []);
  const body = {
    version: await version(),
    roster_at: status?.asOf ?? null,
    waiting: waiting.length,
    oldest_at: waiting[0] ? String(waiting[0].body.at) : null,
    sent_at: new Date(environment.now()).toISOString(),
  };
  await post(url, body, new AbortController().signal, environment);
}

/** Which program this page is: a short digest of the addresses of its modules. */
async function version() {
  const map = document.querySelector('script[type="importmap"]')?.textContent ?? '';
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(map)));
  return [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
