/** What is shown while there is no lane: a form that makes the first one, with a segment and a cue to begin with. */
import { addCue } from '#hub/agenda/editor/steps.js';
import { addLane, addSegment } from '#hub/agenda/editor/frame-steps.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { instant, newId } from '#hub/agenda/editor/model.js';
import { startFrom } from '#hub/agenda/editor/moment.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { need } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */

/** @param {Workspace} space */
export function firstPlan(space) {
  const form = /** @type {HTMLFormElement} */ (need('#first-plan'));
  const start = /** @type {HTMLInputElement} */ (need('#first-start'));
  start.value = writeClock(localOf(Date.parse(space.settings.startsAt), space.settings.zone).seconds);
  start.addEventListener('input', () => start.setCustomValidity(''));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const now = Date.parse(space.settings.startsAt);
    const ms = startFrom(String(given.get('start')), { now, previous: null, zone: space.settings.zone });
    if (ms === null) {
      start.setCustomValidity(t('시각을 9:30처럼 적어 주세요.'));
      return void start.reportValidity();
    }
    begin(space, String(given.get('lane')).trim() || t('본행사장'), String(given.get('segment')).trim() || t('개회'), ms);
  });
  return () => {
    form.hidden = space.content.lanes.length > 0 || space.draft.revision < 0;
  };
}

/**
 * Make the lane, the segment and a cue, as one step, and let the cue be named.
 * @param {Workspace} space
 * @param {string} laneTitle
 * @param {string} segmentTitle
 * @param {number} ms when it starts
 */
function begin(space, laneTitle, segmentTitle, ms) {
  const lane = addLane(space.content, space.textOf(laneTitle));
  const segment = addSegment(space.content, space.textOf(segmentTitle), 'opening');
  const known = space.content.segments[0];
  const first = known ? [lane.step] : [lane.step, segment.step];
  const content = first.reduce(made, space.content);
  const cue = addCue(content, lane.id, null, { title: space.textOf(segmentTitle), planned_start: instant(ms) }, ms);
  if (!cue) return;
  space.make({ id: newId(), name: t('계획 시작: {title}', { title: laneTitle }), changes: [...first, cue.step].flatMap((step) => step.changes) });
  space.reveal(cue.id);
}
