/** The gate: scans, verdicts, counts, search and undo, for one hand in a dark hall. */
import { offerWayOut } from '#hub/access/in-app.js';
import { Cards } from '#hub/checkin/cards.js';
import { Direction } from '#hub/checkin/direction.js';
import { companions } from '#hub/checkin/door/companions.js';
import { doorActs, offerWalkIn } from '#hub/checkin/door/door.js';
import { GateChoice } from '#hub/checkin/gate-choice.js';
import { settleAtGate } from '#hub/checkin/inbox/asking.js';
import { inboxNotice } from '#hub/checkin/inbox/notice.js';
import { askSwitch, askWhy, pressed, sameAgain } from '#hub/checkin/overruling.js';
import { startCamera } from '#hub/checkin/reading/camera-panel.js';
import { noteScan } from '#hub/checkin/reading/dialog-note.js';
import { listenForCodes } from '#hub/checkin/reading/listen.js';
import { OwnConflicts } from '#hub/checkin/own-conflicts.js';
import { RecentMemory } from '#hub/checkin/recent-memory.js';
import { Recent } from '#hub/checkin/recent.js';
import { listedName } from '#hub/checkin/party.js';
import { pointDay } from '#hub/checkin/point-day.js';
import { ScanQueue } from '#hub/checkin/queue/scan-queue.js';
import { askToStay, tellLost } from '#hub/checkin/queue/lost.js';
import { sendLeftovers } from '#hub/checkin/queue/leftovers.js';
import { keepReady } from '#hub/checkin/queue/ready.js';
import { keepSending } from '#hub/checkin/queue/sending.js';
import { SearchPanel } from '#hub/checkin/search.js';
import { testSounds } from '#hub/checkin/sound-test.js';
import { signedOutNotice } from '#hub/checkin/signed-out.js';
import { wakeSound } from '#hub/checkin/signals.js';
import { undoButton } from '#hub/checkin/undo.js';
import { verdictOf } from '#hub/checkin/verdict-words.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { messageArea } from '#hub/messages/area.js';
import { keepPage } from '#hub/screens/offline.js';
import { everySecond, localNow, serverNow } from '#hub/web/time.js';
import { keepAwake } from '#hub/web/wake-lock.js';

/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */
/** @typedef {import('#hub/checkin/queue/scan-queue.js').Who} Who */
/** @typedef {import('#hub/checkin/card-face.js').Scan} CardScan */
/** @typedef {{who: Who, direction: 'in' | 'out', gate?: string} & Partial<import('#hub/checkin/overruling.js').Overruling>} Attempt `gate`: the chosen one when left out */

/** @type {{conf: string, zone: string, wasm: string, device: {id: string, scan_only: boolean} | null, groups: import('#hub/checkin/door/door.js').Door['groups'], notice: import('#hub/checkin/door/door.js').Door['notice']}} */
const { conf, zone, wasm, device, groups, notice } = pageData();
const api = `/api/v1/c/${conf}/checkin`;
const store = new Store();
const direction = new Direction(localNow);
const cards = new Cards(zone, {
  admit: (scan) => again(scan, {}),
  force: (scan) => void overrule(scan, askWhy),
  looked: (scan) => again(scan, pressed(scan, 'looked')),
  switch: (scan) => void overrule(scan, askSwitch),
  find: device?.scan_only ? null : (scan) => find(scan),
  settle: device?.scan_only ? null : (conflict, card) => void settle(conflict, card),
  party: device?.scan_only ? null : (scan) => together(scan),
  signIn: () => need('#signed-out a').click(),
}, { paired: device !== null });
const conflicts = new OwnConflicts(cards, zone, device?.id ?? null);
const scans = new ScanQueue({ url: `${api}/redeem`, conf, device: device?.id ?? null }, show);
const recent = new Recent(need('#recent'), zone, new RecentMemory(scans.environment.vault, `${api}/undoable`));
const gate = new GateChoice(conf, ({ id, exits }) => {
  direction.allow(exits, gate.words);
  drawCounts();
  cards.see('no-gate');
  scans.place(id);
});
askToStay();
void tellLost(scans.environment.vault, { conf, device: device?.id ?? null, zone });
void sendLeftovers({ but: device?.id ?? null }).catch(() => {});
const signedOut = signedOutNotice(need('#signed-out'));
const ready = keepReady(scans, { conf, zone, device });
const sending = keepSending(scans, {
  conf,
  onTrouble: (trouble) => {
    signedOut({ scans: trouble === 'signed_out' });
    if (trouble === 'signed_out') ready.ask();
  },
});
/** @type {import('#hub/checkin/door/door.js').Door} */
const door = { conf, api: `/api/v1/c/${conf}/door`, groups, notice, zone, gate: () => gate.id, admit: (guest) => scan({ guest }, 'in'), words: () => gate.words, listed: (guest) => (gate.id === null ? null : ready.company(guest, gate.id)) };
const search = new SearchPanel(`${api}/search`, {
  onChoice: (person) => scan({ guest: person.guest }),
  way: () => direction.way,
  words: () => gate.words,
  more: device?.scan_only ? [] : [doorActs(door)],
});
const drawUndo = undoButton(`${api}/undo`, recent, (words, name) => cards.say('undone', { tone: 'wait', title: words, why: name }));

void recent.recall().then(drawUndo);

const showState = connectionStatus({ zone });
connect({
  conf,
  stream: 'staff',
  store,
  onState: (state) => {
    showState(state);
    sending.connected(state);
    ready.connected(state);
    if (state === 'live') void recent.ask().then(drawUndo);
    signedOut({ page: state === 'refused' });
  },
});
store.subscribe(drawCounts);
store.subscribe((changed, entries) => conflicts.draw(store, changed, entries));
const inboxLink = document.getElementById('inbox-link');
const drawInbox = inboxLink && inboxNotice(inboxLink);
if (drawInbox) store.subscribe(() => drawInbox(store));
const drawMessages = messageArea({ audience: 'staff', place: need('main') });
store.subscribe(() => drawMessages(store, serverNow()));
everySecond((now) => drawMessages(store, now));
everySecond(() => direction.tick());
offerWayOut();
keepAwake();
listenForCodes({
  field: /** @type {HTMLInputElement} */ (need('#code')),
  form: /** @type {HTMLFormElement} */ (need('#code-form')),
  onCode: read,
  onBlocked: (dialog) => noteScan(dialog),
});
startCamera(wasm, read);
if (!device?.scan_only) offerWalkIn(door);
testSounds(need('#sounds'));
void keepPage({ page: `/checkin/?conf=${conf}`, files: [wasm], before: () => import('barcode-detector/ponyfill'), onState: ready.kept });
document.addEventListener('pointerdown', () => void wakeSound());
document.addEventListener('keydown', () => void wakeSound(), { capture: true });

/** @param {import('#hub/checkin/reading/scanner-keys.js').Reading} reading */
function read({ text: token, alternatives: also, kind }) {
  if (kind === 'several') return refuseSeveral();
  scan({ token, ...(also.length > 0 && { also }) });
}

/** Two scans ran together, or two badges were read as one: neither is taken for the other. */
function refuseSeveral() {
  cards.say('several', {
    tone: 'bad',
    sound: 'bad',
    title: t('명찰 여러 장이 한 번에 읽혔습니다'),
    why: t('아무도 처리하지 않았습니다. 한 장씩 다시 스캔해 주세요.'),
    acts: ['seen'],
    kept: true,
    lastsMs: null,
  });
}

/**
 * @param {Who} who
 * @param {'in' | 'out'} [way]
 */
function scan(who, way = direction.take()) {
  send({ who, direction: way });
}

/** @param {Attempt} attempt */
function send({ who, ...attempt }) {
  scans.submit(who, { ...(gate.id !== null && { gate: gate.id }), ...attempt });
}

/** Scans wait for a gate: they are kept, and answered when one is chosen. */
function askGate() {
  cards.say('no-gate', { tone: 'wait', title: t('출입구를 골라 주세요'), why: t('고르면 스캔한 명찰을 확인합니다.'), lastsMs: null });
  gate.ask();
}

/** @param {Scan} scan */
function show(scan) {
  if (scan.phase === 'unplaced') return gate.id === null ? askGate() : undefined;
  cards.show(scan);
  if (scan.phase === 'confirmed') conflicts.know(scan);
  if (scan.phase === 'confirmed' || scan.phase === 'local') recent.add(scan);
  drawUndo();
}

/**
 * Scan the same badge, or the same person, again, at the same gate and in the same direction.
 * @param {CardScan} scan
 * @param {Partial<import('#hub/checkin/overruling.js').Overruling>} how
 */
function again(scan, how) {
  cards.see(scan.id);
  send({ ...sameAgain(scan), ...how });
}

/**
 * @param {CardScan} refused
 * @param {typeof askWhy} ask
 */
async function overrule(refused, ask) {
  const how = await ask(refused);
  if (how) again(refused, how);
}

/**
 * @param {string} id of a conflict
 * @param {string} card
 */
async function settle(id, card) {
  if (await settleAtGate({ conf, zone, id })) cards.see(card);
}

/** @param {CardScan} scan */
function find({ id }) {
  cards.see(id);
  search.open();
}

/**
 * Ask who of the party of somebody who came in comes in with them.
 * @param {CardScan} scan
 */
function together(scan) {
  const [told, known] = [verdictOf(scan)?.person, scan.local?.person];
  if (told) void companions(door, { guest: told.guest, name: text(told.name) });
  else if (known?.guest) void companions(door, { guest: known.guest, name: listedName({ label: null, ...known }) }, { asked: true });
}

function drawCounts() {
  const chosen = gate.chosen;
  need('#counts-hall').hidden = chosen?.counts === true;
  need('#counts-own').hidden = chosen?.counts !== true;
  const counted = chosen?.counts ? store.get(`gate/${chosen.id}`)?.counted : null;
  if (chosen && counted) {
    need('#counts-today').hidden = !chosen.daily;
    setText(need('#count-today'), String(counted.by_day[pointDay({ ...chosen, zone }, serverNow())] ?? 0));
    setText(need('#count-total'), String(counted.total));
  }
  const counts = store.get('presence');
  if (!counts) return;
  setText(need('#count-inside'), String(counts.inside));
  setText(need('#count-expected'), String(counts.by_mode.onsite.expected));
  setText(need('#count-remote'), String(counts.remote));
}
