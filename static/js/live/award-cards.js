/** The awards of the ceremony that is on: one card for each lane in which awards are given, with the name that stands on its stage. */
import { laneName } from '#hub/agenda/lane-words.js';
import { onStageOf } from '#hub/awards/joint.js';
import { lastSince, naming } from '#hub/awards/revealed.js';
import { levelLines } from '#hub/awards/list.js';
import { levelWords, nameWords, unnamedWords } from '#hub/awards/words.js';
import { el, markLanguage, need, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { setWords } from '#hub/web/whole-words.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{view: LaneView, also: LaneView[], award: AwardDoc | null, roll: AwardDoc[]}} LaneAward `award` null: its round has begun, and nobody is named yet; `also`: the other lanes whose stages show it; `roll`: the names of a
 *   group that are out, in the order of the list */

/**
 * The lanes in which awards are given: a round is on, or somebody was named since its cue began.
 * @param {Store} store
 * @param {readonly LaneView[]} views
 * @returns {LaneAward[]}
 */
export function laneAwards(store, views) {
  const awards = store.all('award/');
  const found = views.flatMap((view) => {
    if (!view.cue) return [];
    const award = lastSince(onStageOf(awards, view.lane.id), view.cue.started_at);
    return award || view.cue.kind === 'ceremony' ? [{ view, also: /** @type {LaneView[]} */ ([]), award, roll: rollOf(store, view.lane.id) }] : [];
  });
  return onceEach(found);
}

/**
 * A name that is shown on the stages of all lanes has one card, with all those lanes.
 * @param {LaneAward[]} found
 * @returns {LaneAward[]}
 */
function onceEach(found) {
  const own = (/** @type {LaneAward} */ { award }) => found.find((one) => award?.everywhere && one.view.lane.id === award.lane && one.award === award);
  const repeated = found.filter((one) => (own(one) ?? one) !== one);
  return found
    .filter((one) => !repeated.includes(one))
    .map((one) => ({ ...one, also: repeated.filter((other) => own(other) === one).map(({ view }) => view) }));
}

/**
 * The names of a lane's group that are out; none while no group is called.
 * @param {Store} store
 * @param {string} lane
 */
function rollOf(store, lane) {
  return (store.get(`group/${lane}`)?.revealed ?? []).flatMap((id) => store.get(`award/${id}`) ?? []);
}

/**
 * @param {Element} parent
 * @param {LaneAward[]} shown
 */
export function drawAwardCards(parent, shown) {
  renderList(parent, shown, ({ view }) => view.lane.id, laneCard, updateLane);
}

/** @param {LaneAward} shown */
function laneCard({ view }) {
  return el(
    'section',
    { class: 'stage-card', 'aria-labelledby': `stage-${view.lane.id}`, dataset: { lane: view.lane.id } },
    el('h3', { class: 'stage-lane', id: `stage-${view.lane.id}` }),
    el('p', { class: 'stage-round' }),
    el('div', { class: 'stage-award' }),
    el('ol', { class: 'stage-roll' }),
  );
}

/**
 * @param {Element} element
 * @param {LaneAward} shown
 */
function updateLane(element, { view, also, award, roll }) {
  setText(need('.stage-lane', element), [view, ...also].map(laneName).join(' · '));
  markLanguage(need('.stage-lane', element), view.lane.title);
  setWords(need('.stage-round', element), text(view.cue?.title));
  markLanguage(need('.stage-round', element), view.cue?.title);
  renderList(need('.stage-award', element), [award], (one) => one?.id ?? '', (one) => (one ? awardParts(element.isConnected) : waitingParts()), (parts, one) => one && updateAward(parts, one));
  need('.stage-roll', element).hidden = roll.length < 2;
  renderList(need('.stage-roll', element), roll.length < 2 ? [] : levelLines(roll), ({ key }) => key, () => el('li'), (item, line) => {
    item.toggleAttribute('data-newest', line.award !== null && line.award.id === award?.id);
    setName(item, line.award ? nameWords(line.award) : unnamedWords(roll[0].level, line.unnamed));
  });
}

function waitingParts() {
  return el('p', { class: 'stage-waiting quiet' }, t('수상자는 발표되는 순간 이곳에 나타납니다'));
}

/** @param {boolean} coming whether it comes out now, and did not stand there when the page was opened */
function awardParts(coming) {
  return el('div', { class: 'stage-named', 'data-coming': coming }, el('p', { class: 'stage-level' }), el('p', { class: 'stage-name' }), el('p', { class: 'stage-from' }));
}

/**
 * @param {Element} parts
 * @param {AwardDoc} award
 */
function updateAward(parts, award) {
  parts.toggleAttribute('data-unnamed', naming(award).name === null);
  setText(need('.stage-level', parts), levelWords(award.level));
  setName(need('.stage-name', parts), nameWords(award));
  setName(need('.stage-from', parts), naming(award).from ?? '');
}
