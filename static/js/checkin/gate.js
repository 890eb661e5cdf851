/** The gate: scans, verdicts, counts, search and undo, for one hand in a dark hall. */
import { notify } from '#hub/web/announce.js';
import { ask } from '#hub/web/ask.js';
import { startCamera } from '#hub/checkin/camera-panel.js';
import { codeField } from '#hub/checkin/code-field.js';
import { rememberGate } from '#hub/checkin/gate-choice.js';
import { maskedName, Recent } from '#hub/checkin/recent.js';
import { ScanQueue } from '#hub/checkin/queue/scan-queue.js';
import { keepSending } from '#hub/checkin/queue/sending.js';
import { searchPanel } from '#hub/checkin/search.js';
import { signal, wakeSound } from '#hub/checkin/signals.js';
import { VerdictPanel } from '#hub/checkin/verdict-panel.js';
import { verdictOf } from '#hub/checkin/verdict-words.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { messageArea } from '#hub/messages/area.js';
import { press } from '#hub/web/press.js';
import { everySecond, serverNow } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */
/** @typedef {import('#hub/checkin/queue/scan-queue.js').Who} Who */

/** How long an answer covers the camera's picture. */
const CLEAR_MS = { good: 3_000, warn: 10_000, bad: 6_000, wait: 10_000, idle: 0 };

/** @type {{conf: string, zone: string, wasm: string}} */
const { conf, zone, wasm } = pageData();
const api = `/api/v1/c/${conf}/checkin`;
const store = new Store();
const recent = new Recent(need('#recent'), zone);
const gate = rememberGate(/** @type {HTMLSelectElement} */ (need('#gate')), conf);
const panel = new VerdictPanel(zone, { force: overrule });
const scans = new ScanQueue({ url: `${api}/redeem`, conf }, show);
const sending = keepSending(scans, { conf });
const undo = /** @type {HTMLButtonElement} */ (need('#undo'));
/** @type {string | null} */
let latest = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let clearing;

const connected = connectionStatus({ zone });
connect({
  conf,
  stream: 'staff',
  store,
  onState: (state) => {
    connected(state);
    sending.connected(state);
  },
});
store.subscribe(drawCounts);
const drawMessages = messageArea({ audience: 'staff', place: need('main') });
store.subscribe(() => drawMessages(store, serverNow()));
everySecond((now) => drawMessages(store, now));
codeField((token) => scan({ token }));
searchPanel(`${api}/search`, (person) => scan({ guest: person.guest }));
startCamera(wasm, (token) => scan({ token }));
undo.addEventListener('click', () => void takeBack());
document.addEventListener('pointerdown', wakeSound);
document.addEventListener('keydown', wakeSound);

/**
 * @param {Who} who
 * @param {boolean} [force]
 */
function scan(who, force = false) {
  const direction = need('#direction-out:checked, #direction-in:checked').getAttribute('value') === 'out' ? 'out' : 'in';
  latest = null;
  scans.submit(who, { gate: gate(), direction, ...(force && { force }) });
}

/** @param {Scan} scan */
function show(scan) {
  latest ??= scan.id;
  if (scan.id === latest) {
    const tone = panel.show(scan);
    if (tone !== 'idle' && scan.phase !== 'sending') signal(tone);
    clearTimeout(clearing);
    if (!need('#camera-frame').hidden && scan.phase !== 'retrying') clearing = setTimeout(uncover, CLEAR_MS[tone]);
  }
  if (scan.phase === 'confirmed') recent.add(scan);
  undo.disabled = recent.lastAdmission === null;
}

/** @param {Scan} refused */
async function overrule(refused) {
  const person = verdictOf(refused)?.person;
  if (!person) return;
  const sure = await ask({
    title: t('{name} 님을 그래도 입장시킬까요?', { name: text(person.name) }),
    body: t('담당자 판단으로 입장했다고 기록됩니다.'),
    action: t('입장시키기'),
  });
  if (sure) scan({ guest: person.guest }, true);
}

async function takeBack() {
  const last = recent.lastAdmission;
  if (!last) return;
  const name = maskedName(verdictOf(last)?.person);
  if (!(await ask({ title: t('{name} 님의 입장을 되돌릴까요?', { name }), action: t('되돌리기') }))) return;
  const answer = await press(undo, `${api}/undo`, { scan_id: last.id });
  if (answer?.ok) showUndone(last, name);
}

/**
 * @param {Scan} last
 * @param {string} name masked
 */
function showUndone(last, name) {
  recent.markUndone(last);
  panel.say({ tone: 'wait', title: t('입장을 되돌렸습니다'), why: name }, 'undone');
  notify(t('{name} 님의 입장을 되돌렸습니다.', { name }), { kind: 'good' });
  undo.disabled = recent.lastAdmission === null;
}

/** Let the camera's picture be seen again. */
function uncover() {
  panel.say({ tone: 'idle', title: t('명찰을 스캔해 주세요'), why: '' }, 'none');
}

function drawCounts() {
  const counts = store.get('presence');
  if (!counts) return;
  setText(need('#count-inside'), String(counts.inside));
  setText(need('#count-expected'), String(counts.by_mode.onsite.expected));
  setText(need('#count-remote'), String(counts.remote));
}
