/**
 * Keeps a paired device ready for a time without the network: its roster is renewed, the hub is told how the device is, and one line says up to
 * when the device knows which badges, and whether the page would open again.
 */
import { Roster } from '#hub/checkin/queue/roster.js';
import { post } from '#hub/checkin/queue/posting.js';
import { versionOfPage } from '#hub/screens/offline.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/queue/scan-queue.js').ScanQueue} ScanQueue */
/** @typedef {import('#hub/checkin/queue/roster.js').Status} Status */
/** @typedef {import('#hub/screens/offline.js').Keeping} Keeping */
/** @typedef {'unpaired' | 'paired' | 'refused'} Standing whether this browser is paired; `refused`: it was, and the hub does not let it know badges any more */

const EVERY_MS = 60_000;

/**
 * @param {ScanQueue} queue
 * @param {{conf: string, zone: string, device: {id: string} | null}} page `device`: null where this browser is not paired
 * @returns {{connected: (state: import('#hub/live/link.js').State) => void, ask: () => void, kept: (keeping: Keeping) => void, company: Roster['company']}}
 *   `ask`: renews at once; `kept`: to be told how far the page is kept; `company`: who comes with a guest, by the device's list
 */
export function keepReady(queue, { conf, zone, device }) {
  const api = `/api/v1/c/${conf}/checkin`;
  /** @type {Keeping} */
  let keeping = { state: 'keeping' };
  const draw = () => setText(need('#offline-ready'), readyWords(roster.status, standing(), zone, keeping));
  /** @returns {Standing} */
  const standing = () => (device === null ? 'unpaired' : roster.refused ? 'refused' : 'paired');
  const roster = new Roster(`${api}/roster`, queue.environment, draw);
  queue.answerBy(roster);
  const renew = async () => {
    if (!navigator.onLine) return;
    await roster.refresh();
    await report(queue, `${api}/device`, roster.status);
  };
  const loaded = roster.load();
  void loaded.then(() => (device ? renew() : undefined));
  if (device) setInterval(() => void renew(), EVERY_MS);
  return {
    connected(state) {
      if (device && state === 'live') void renew();
      if (device && state === 'refused') void loaded.then(() => roster.lose());
    },
    ask() {
      if (device) void loaded.then(renew);
    },
    kept(now) {
      keeping = now;
      draw();
    },
    company: (guest, gate) => roster.company(guest, gate),
  };
}

/**
 * @param {Status} status
 * @param {Standing} standing
 * @param {string} zone IANA name of the event's zone
 * @param {Keeping} keeping how far the page is kept: one that is not would be gone with the next reload
 */
export function readyWords(status, standing, zone, keeping) {
  if (status && keeping.state === 'kept') return t('네트워크 없이도 준비됨 · 명찰 {n}개 · {time} 기준', { n: status.badges, time: clockTime(status.asOf, zone) });
  if (status) return [t('명찰 {n}개 · {time} 기준', { n: status.badges, time: clockTime(status.asOf, zone) }), keepingWords(keeping)].join(' · ');
  if (standing === 'refused') return t('연결이 끝난 기기입니다. 이 기기의 명단을 지웠습니다.');
  if (standing === 'paired') return t('네트워크가 끊기면 명찰을 알아보지 못합니다. 명단을 받는 중입니다.');
  return t('연결된 기기가 아니어서, 네트워크가 끊기면 스캔을 보관만 합니다. 운영진에게 기기 연결을 요청하세요.');
}

/** @param {Keeping} keeping of a page that is not kept */
function keepingWords(keeping) {
  if (keeping.state === 'keeping') return t('이 화면을 저장하는 중입니다.');
  if (keeping.state === 'partly') return t('이 화면의 파일을 다 저장하지 못해({n}개 남음) 다시 시도합니다. 네트워크가 끊기면 화면을 닫거나 새로 고치지 마세요.', { n: keeping.missing.length });
  return t('이 브라우저는 화면을 저장하지 못합니다. 네트워크가 끊기면 화면을 닫거나 새로 고치지 마세요.');
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

/** Which program this page is: a short digest of the address of its script. */
async function version() {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(versionOfPage())));
  return [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
