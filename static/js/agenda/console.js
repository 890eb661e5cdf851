/** The console: the lanes of the day, run by key and button, kept by the operator stream. */
import { announce } from '#hub/web/announce.js';
import { attendanceFold } from '#hub/attendance/fold.js';
import { awardActs, groupAct, lineUpAct } from '#hub/awards/award-acts.js';
import { AwardCard } from '#hub/awards/console.js';
import { verbWords } from '#hub/awards/group.js';
import { leftElsewhere, leftQuestion, withAnswer } from '#hub/awards/left.js';
import { choose } from '#hub/web/ask.js';
import { outsideWords } from '#hub/awards/outside.js';
import { pressedWords } from '#hub/awards/steps.js';
import { Board } from '#hub/agenda/console/board.js';
import { openCallBox } from '#hub/agenda/console/call-box.js';
import { keptCommands } from '#hub/agenda/console/kept.js';
import { listen } from '#hub/agenda/console/keys.js';
import { LaneCommands } from '#hub/agenda/console/lane-commands.js';
import { makeUpAct } from '#hub/agenda/console/make-up.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { together, togetherWords } from '#hub/agenda/console/together.js';
import { drawLog } from '#hub/agenda/console/log.js';
import { marks } from '#hub/agenda/console/marks.js';
import { drivenRun, RehearsalBar } from '#hub/agenda/console/rehearsal.js';
import { RunView } from '#hub/agenda/console/run-view.js';
import { orderWords } from '#hub/agenda/console/words.js';
import { inboxNotice } from '#hub/checkin/inbox/notice.js';
import { honoursFold } from '#hub/honours/marking.js';
import { messageBox } from '#hub/messages/console.js';
import { send } from '#hub/web/commands.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { later } from '#hub/web/later.js';
import { connect } from '#hub/live/connection.js';
import { applauseIn } from '#hub/live/applause.js';
import { ScreensBox } from '#hub/live/screens-box.js';
import { SmallStage } from '#hub/live/small-stage.js';
import { layerWords } from '#hub/screens/layers.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { announcement, isNews } from '#hub/live/announcing.js';
import { clock, clockSeconds, everySecond, localNow, realNow, serverNow } from '#hub/web/time.js';

/** @type {import('#hub/live/stage-pictures.js').Occasion & {conf: string, actor: string, groups: import('#hub/attendance/fold.js').Group[], dialogs: string[]}} */
const occasion = pageData();
const { conf, zone, actor, groups } = occasion;
let settle = () => {};
/** @type {Promise<void>} */
const settled = new Promise((resolve) => (settle = resolve));
const dialogs = later(() => import('#hub/agenda/console/dialogs.js'), occasion.dialogs, settled);
const operators = new Store();
const run = drivenRun();
const store = run ? new RunView(operators, run) : operators;
const rehearsal = new RehearsalBar({ conf, store: operators, run, dialogs });
const status = connectionStatus({ zone });
const kept = keptCommands({
  zone,
  now: realNow,
  words: ({ lane, order }) => `${text(store.get(`lane/${lane}`)?.title)} · ${keptWords(order)}`,
});
/** @type {import('#hub/live/documents.js').ScreensDoc | null} */
let screens = null;
const screensBox = new ScreensBox({ conf, opener: need('#screens-up'), laneWords: (id) => text(store.get(`lane/${id}`)?.title) });
const link = connect({
  conf,
  stream: 'operator',
  store: operators,
  on: { screens: (doc) => tellScreens(doc), applause: applauseIn(need('#applause')) },
  onState: (state) => {
    status(state);
    kept.connection(state);
    if (state === 'live') settle();
  },
});
const commands = new LaneCommands({
  conf, store, send, zone, report: (lane, progress) => board.report(lane, progress), catchUp: () => link.check(), now: realNow, ticks: localNow, run, onKept: (one) => kept.keep(one),
  onLeft: (left) => void askLeft(left),
});
const act = awardActs({ store, commands, dialogs });
const lineUp = lineUpAct({ store, commands, dialogs });
const group = groupAct({ store, commands, dialogs });
const makeUp = makeUpAct({ conf, run, store, zone, commands, dialogs, report: (lane, progress) => board.report(lane, progress) });
const board = new Board({
  root: need('#lanes'),
  store,
  zone,
  actor,
  chosen: new URL(location.href).searchParams.get('lane'),
  onChoose: remember,
  makeUp: (lane) => void makeUp(lane),
  beside: (lane) => ({
    card: new AwardCard({ store, lane, zone, now: localNow, later: (ms, fn) => void setTimeout(fn, ms), act: (award, verb) => void act(award, verb), lineUp: () => void lineUp(lane), group: (verb) => void group(lane, verb), screens: () => screens }),
    stage: new SmallStage({ store, lane, occasion, commands }),
  }),
});
board.sendBy(commands);

const drawHonours = honoursFold(need('#honours'), conf);
const drawAttendance = attendanceFold(need('#attendance'), groups);
operators.subscribe(() => drawAttendance(operators));
const drawInbox = inboxNotice(need('#inbox-link'));
operators.subscribe(() => drawInbox(operators));
messageBox({ place: need('#messages'), opener: need('#message-open'), conf, zone, store, dialogs });
const spoken = marks();
const keysDialog = /** @type {HTMLDialogElement} */ (need('#keys-dialog'));
need('#keys-open').addEventListener('click', () => keysDialog.showModal());
listen({ lanes: () => board.lanes.length, act: (action) => board.act(action) || open(action) });

store.subscribe((_, entries) => {
  board.draw(serverNow());
  drawHonours(store);
  drawLog(need('#log'), need('#log-nothing'), store, zone, serverNow());
  for (const entry of entries.filter((one) => isNews(one, realNow(), clock))) {
    const words = announcement(entry, store, serverNow(), zone);
    if (words) announce(words);
  }
});

const both = need('#together');
both.addEventListener('click', () => void board.pressTogether());

everySecond((now) => {
  drawTogether(now);
  setText(need('#clock'), clockSeconds(now, zone));
  board.draw(now);
  spoken(consoleLanes(store, now)).forEach((words) => announce(words));
});

/** @param {import('#hub/live/documents.js').ScreensDoc} doc */
function tellScreens(doc) {
  screens = doc;
  screensBox.draw(doc);
  board.draw(serverNow());
}

/**
 * Ask what becomes of recipients who were not called, then send the command again with the answer.
 * @param {import('#hub/agenda/console/lane-commands.js').LeftBehind} behind
 */
async function askLeft({ lane, button, order, seen, left }) {
  const own = left.lane === lane || /** @type {string[] | undefined} */ (order.body.lanes)?.includes(left.lane);
  const answer = await choose(own ? leftQuestion(store, left) : leftElsewhere(store, left));
  const body = own ? withAnswer(order.body, left, answer) : { ...order.body, force: true };
  if (answer) commands.send(lane, button, { ...order, body }, seen);
}

/** @param {import('#hub/agenda/console/lane-commands.js').Order} order */
function keptWords(order) {
  if (order.command === 'line-up') return t('호명 순서 변경');
  if (order.path?.startsWith('awards/group')) return verbWords(/** @type {any} */ (order.command));
  if (order.path) return layerWords(/** @type {any} */ (order.body.layer));
  return order.award ? pressedWords(order.command, store.get(`award/${order.award}`)) : orderWords(order);
}

/** @param {number} now server time (ms) */
function drawTogether(now) {
  const found = together(consoleLanes(store, now));
  both.hidden = !found;
  if (found) setText(both, togetherWords(found.command));
}

/**
 * Open what a key opens.
 * @param {import('#hub/agenda/console/keys.js').KeyAction} action
 */
function open(action) {
  if (!('open' in action)) return false;
  const card = board.card(board.chosen);
  if (action.open === 'rehearsal') void rehearsal.key();
  else if (action.open === 'keys') keysDialog.showModal();
  else if (card) openCallBox({ lane: text(store.get(`lane/${board.chosen}`)?.title), text: action.text, find: (words) => card.find(words), outside: (award) => outsideWords(store, award), call: (award) => void act(award, 'arm') });
  return true;
}

/**
 * Keep the chosen lane in the address, so that it survives a reload.
 * @param {string} lane
 */
function remember(lane) {
  const url = new URL(location.href);
  url.searchParams.set('lane', lane);
  history.replaceState(history.state, '', url);
}
