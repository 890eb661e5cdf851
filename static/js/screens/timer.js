/** The timer before a speaker: how much is left of the cue of a lane, large. */
import { laneView } from '#hub/agenda/lanes.js';
import { messageArea } from '#hub/messages/area.js';
import { fillByKey, followScreen } from '#hub/screens/follow.js';
import { phaseOf, timeLeft } from '#hub/web/countdown.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */

/** @type {{conf: string, kind: string, lane: string | null, delay_ms: number, run: import('#hub/live/rehearsal.js').Follows | null, title: import('#hub/web/i18n.js').Text}} */
const page = pageData();
const face = need('#timer');
const drawMessages = messageArea({ audience: 'timer', place: document.body, lane: page.lane, put: 'screen' });

/** So many signs fill the screen at the largest size: minutes and seconds; overtime and hours have more. */
const SIGNS = 5;

fillByKey();
followScreen({
  ...page,
  draw: (store, now) => {
    const lane = page.lane ?? store.all('lane/')[0]?.id ?? '';
    drawMessages(store, now);
    drawLane(laneView(store, lane, now), now);
  },
});

/**
 * @param {LaneView | null} view
 * @param {number} now server time (ms)
 */
function drawLane(view, now) {
  const cue = view?.cue ?? null;
  const left = cue && view?.endsAt ? view.endsAt - now : null;
  const phase = view?.status === 'held' ? 'held' : phaseOf(left, cue);
  face.dataset.phase = phase;
  setText(need('#timer-cue'), text(cue?.title ?? view?.lane.title ?? page.title));
  const digits = left === null ? '–' : timeLeft(left);
  setText(need('#timer-left'), digits);
  need('#timer-left').style.setProperty('--signs', String(Math.max(SIGNS, digits.length)));
  setText(need('#timer-state'), stateWords(phase, view));
  setText(need('#timer-next'), cue && view?.next ? t('다음: {title}', { title: text(view.next.cue.title) }) : '');
}

/**
 * @param {string} phase
 * @param {LaneView | null} view
 */
function stateWords(phase, view) {
  switch (phase) {
    case 'held':
      return t('잠시 멈췄습니다');
    case 'over':
      return t('시간이 지났습니다');
    case 'danger':
      return t('마쳐 주세요');
    case 'warning':
      return t('마무리해 주세요');
    case 'running':
      return '';
    default:
      return view?.status === 'finished' ? t('모두 마쳤습니다') : t('아직 시작하지 않았습니다');
  }
}
