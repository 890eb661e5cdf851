/** Making up time: the ways that the server found for a late lane, and what is sent when one of them is chosen. */
import { driftWords, spanWords } from '#hub/agenda/console/words.js';
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */
/** @typedef {{id: string, projected_finish: string | null, drift_s: number}} End when a lane ends by a way */
/** @typedef {{cuts: Record<string, number>, drop: string[], paces: Record<string, number>, lanes: End[]}} Way seconds by cue */
/** @typedef {{now: string, drift_s: number, ways: Way[]}} Ways the answer of `ways`, from the least to the most painful */

/** A lane that is no later than this needs nothing. */
const LATE_MS = 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Whether a lane is so late that ways of making up time are offered.
 * @param {{status: string, driftMs: number}} lane
 */
export function isLate({ status, driftMs }) {
  return status !== 'finished' && driftMs > LATE_MS;
}

/**
 * @param {{conf: string, run: string | null, store: Store, zone: string, commands: LaneCommands,
 *   report: (lane: string, progress: Progress) => void, get?: (url: string) => Promise<Ways | null>}} parts `run`: a rehearsal, `zone`: IANA name
 * @returns {(lane: string) => Promise<void>} shows the ways of a lane, and sends the one that is chosen
 */
export function makeUpAct({ conf, run, store, zone, commands, report, get = read }) {
  let asking = false;
  return async (lane) => {
    if (asking || !commands.accepts(lane, 'make-up')) return;
    asking = true;
    const seen = store.head;
    const found = await get(`/api/v1/c/${encodeURIComponent(conf)}/${run ? `runs/${run}` : 'run'}/ways?lane=${encodeURIComponent(lane)}`);
    const way = found && (await askWay(store, lane, found, zone));
    asking = false;
    if (!found) report(lane, { phase: 'refused', button: 'make-up', words: t('방법을 불러오지 못했습니다. 다시 눌러 주세요.') });
    if (way) commands.send(lane, 'make-up', { command: 'make-up', body: { cuts: way.cuts, drop: way.drop } }, seen);
  };
}

/**
 * What a way does, cue by cue.
 * @param {Store} store
 * @param {string} lane
 * @param {Way} way
 * @returns {string[]}
 */
export function changesWords(store, lane, { cuts, drop, paces }) {
  const own = store.all('cue/').filter((one) => one.lane === lane && (one.id in cuts || drop.includes(one.id)));
  return own
    .sort((a, b) => a.position - b.position)
    .map((one) => {
      const cue = [one.number, text(one.title)].filter(Boolean).join(' ');
      if (drop.includes(one.id)) return t('{cue}: 생략', { cue });
      const span = spanWords(cuts[one.id] * 1000);
      return one.id in paces ? t('{cue}: 한 명에 {pace}초 ({span} 줄임)', { cue, pace: paces[one.id], span }) : t('{cue}: {span} 줄임', { cue, span });
    });
}

/**
 * When a lane ends by a way.
 * @param {End} end
 * @param {string} now
 * @param {string} zone
 */
export function endWords({ projected_finish: finish, drift_s: driftS }, now, zone) {
  if (finish === null) return '';
  return t('{time} 종료 · {drift}', { time: clockBeside(finish, now, zone), drift: driftWords(driftS * 1000) });
}

/**
 * Show the ways, each with a button.
 * @param {Store} store
 * @param {string} lane
 * @param {Ways} found
 * @param {string} zone
 * @returns {Promise<Way | null>} null when none was chosen
 */
function askWay(store, lane, { now, drift_s: driftS, ways }, zone) {
  const title = t('{lane}: 시간 맞추기', { lane: text(store.get(`lane/${lane}`)?.title) });
  const none = el('p', null, t('줄이거나 생략할 수 있는 순서가 없습니다. 계획에서 순서마다 최소 시간과 생략 가능을 정해 두면 여기서 고를 수 있습니다.'));
  const list = el('ol', { class: 'make-up-ways' }, ...ways.map((way, index) => item(store, lane, way, { index, now, zone })));
  const dialog = el(
    'dialog',
    { class: 'ask make-up-dialog', 'aria-labelledby': 'make-up-title' },
    el(
      'form',
      { method: 'dialog', class: 'stack' },
      el('h2', { id: 'make-up-title' }, title),
      el('p', null, t('지금 {drift}', { drift: driftWords(driftS * 1000) })),
      ways.length > 0 ? list : none,
      el('div', { class: 'actions' }, el('button', { class: 'button', value: '', 'data-kind': 'quiet', autofocus: ways.length === 0 }, t('그대로 두기'))),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.repeat) event.preventDefault();
  });
  return answered(dialog).then((value) => (value === '' ? null : (ways[Number(value)] ?? null)));
}

/**
 * @param {Store} store
 * @param {string} lane
 * @param {Way} way
 * @param {{index: number, now: string, zone: string}} place
 */
function item(store, lane, way, { index, now, zone }) {
  const own = way.lanes.find(({ id }) => id === lane);
  const others = way.lanes.filter(({ id, projected_finish: finish }) => id !== lane && finish !== null);
  const beside = others.map((end) => `${text(store.get(`lane/${end.id}`)?.title)}: ${endWords(end, now, zone)}`);
  const id = `make-up-${index}`;
  return el(
    'li',
    { class: 'make-up-way' },
    el('h3', { id, class: 'figure' }, own ? endWords(own, now, zone) : ''),
    el('ul', null, ...changesWords(store, lane, way).map((words) => el('li', null, words))),
    ...beside.map((words) => el('p', { class: 'quiet small figure' }, words)),
    el('button', { class: 'button', value: String(index), autofocus: index === 0, 'data-kind': index === 0 ? 'primary' : null, 'aria-describedby': id }, t('이렇게 맞추기')),
  );
}

/**
 * @param {string} url
 * @returns {Promise<Ways | null>} null when no answer came
 */
async function read(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
