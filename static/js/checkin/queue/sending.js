/**
 * Keeps a queue going for as long as its page is open, says what waits, and keeps the device from being signed out or closed while scans would
 * be lost.
 */
import { notify } from '#hub/web/announce.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { everySecond, serverNow, toMs } from '#hub/web/time.js';
import { holdSignOut } from '#hub/web/signing-out.js';

/** @typedef {import('#hub/checkin/queue/scan-queue.js').ScanQueue} ScanQueue */
/** @typedef {import('#hub/checkin/queue/scan-queue.js').Waiting} Waiting */

const MINUTE_MS = 60_000;
/** The answer to a single scan is on its way for so long before it is said to wait. */
const SOON_MS = 2_000;

/**
 * @param {ScanQueue} queue
 * @param {{conf: string, onTrouble?: (trouble: Waiting['trouble']) => void}} page `onTrouble` is told why scans wait, whenever that changes
 * @returns {{connected: (state: import('#hub/live/link.js').State) => void}} `connected`: to be told how the page's connection is
 */
export function keepSending(queue, { conf, onTrouble = () => {} }) {
  /** @type {Waiting} */
  let waiting = { count: 0, unplaced: 0, oldestAt: null, unsaved: 0, trouble: null };
  const flush = () => void queue.flush();
  addEventListener('online', flush);
  addEventListener('pageshow', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flush();
  });
  addEventListener('beforeunload', (event) => {
    if (queue.unsaved > 0) event.preventDefault();
  });
  queue.onWaiting((now) => {
    if (now.unsaved > waiting.unsaved) notify(fullWords(), { kind: 'bad' });
    if (now.trouble !== waiting.trouble) onTrouble(now.trouble);
    waiting = now;
    holdSignOut(`checkin:${conf}`, now.count);
    draw(now, serverNow());
  });
  everySecond((now) => draw(waiting, now));
  return {
    connected(state) {
      if (state === 'live') flush();
    },
  };
}

/**
 * @param {Waiting} waiting
 * @param {number} now the server's time (ms)
 */
function draw(waiting, now) {
  const line = need('#unanswered');
  const shown = waits(waiting, now);
  line.hidden = !shown;
  setText(line, shown ? waitingWords(waiting, now) : '');
  setText(need('#gates-waiting'), waiting.unplaced > 0 ? t('스캔 {n}건이 기다립니다. 고른 출입구에서 스캔한 것으로 보냅니다.', { n: waiting.unplaced }) : '');
}

/**
 * Whether the line is shown: a single scan of just now is about to be answered.
 * @param {Waiting} waiting
 * @param {number} now ms since 1970
 */
function waits({ count, unplaced, oldestAt, trouble, unsaved }, now) {
  if (count === 0) return false;
  return trouble !== null || count > 1 || unplaced > 0 || unsaved > 0 || now - toMs(oldestAt ?? now) >= SOON_MS;
}

/**
 * "7 waiting, oldest 4 min", and why.
 * @param {Waiting} waiting
 * @param {number} now ms since 1970
 */
export function waitingWords({ count, unplaced, oldestAt, trouble, unsaved }, now) {
  const age = ageWords(now - toMs(oldestAt ?? now));
  const line = unplaced > 0 ? t('출입구를 고르면 보낼 스캔 {n}건 · 가장 오래된 것 {age}', { n: unplaced, age }) : t('전송 대기 {n}건 · 가장 오래된 것 {age}', { n: count, age });
  const why = unsaved > 0 ? fullWords() : trouble === 'signed_out' ? t('로그인해야 보낼 수 있습니다. 스캔은 이 기기에 남아 있습니다.') : '';
  return [line, why].filter(Boolean).join(' · ');
}

/** @param {number} ms */
function ageWords(ms) {
  return ms < MINUTE_MS ? t('1분 미만') : t('{n}분', { n: Math.floor(ms / MINUTE_MS) });
}

function fullWords() {
  return t('기기의 저장 공간이 가득 찼습니다. 이 화면을 닫으면 스캔 기록을 잃습니다.');
}
