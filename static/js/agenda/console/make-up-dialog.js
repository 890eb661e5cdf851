/** The dialog of the ways in which a late lane can make up time. */
import { driftWords, spanWords } from '#hub/agenda/console/words.js';
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/console/make-up.js').End} End */
/** @typedef {import('#hub/agenda/console/make-up.js').Way} Way */
/** @typedef {import('#hub/agenda/console/make-up.js').Ways} Ways */

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
export function askWay(store, lane, { now, drift_s: driftS, ways }, zone) {
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
