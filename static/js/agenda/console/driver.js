/** Who drives a lane: nobody, you, or another operator; and the button that takes it, gives it back, or takes it over. */
import { el, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').LaneDoc} LaneDoc */
/** @typedef {{command: 'take-control' | 'release-control', body: {force?: string}}} DriverOrder */

/**
 * What a press of the button sends, and what is asked before it.
 * @param {LaneDoc} lane
 * @param {string} actor id of who looks
 * @returns {{order: DriverOrder, question: {title: string, body: string, action: string} | null}}
 */
export function drivingOrder({ holder, title }, actor) {
  if (!holder) return { order: { command: 'take-control', body: {} }, question: null };
  if (holder.actor === actor) return { order: { command: 'release-control', body: {} }, question: null };
  return {
    order: { command: 'take-control', body: { force: holder.actor } },
    question: { title: t('{by} 님에게서 {lane} 진행을 넘겨받을까요?', { by: holder.by, lane: text(title) }), body: t('넘겨받으면 그 사람의 명령은 거절됩니다.'), action: t('넘겨받기') },
  };
}

/**
 * The words of the button: who drives, and what it does.
 * @param {LaneDoc} lane
 * @param {string} actor
 */
export function drivingWords({ holder }, actor) {
  if (!holder) return t('진행 맡기');
  return holder.actor === actor ? t('내가 진행 중 · 놓기') : t('{by} 님이 진행 중 · 넘겨받기', { by: holder.by });
}

/** @param {() => void} press */
export function driverButton(press) {
  const element = el('button', { type: 'button', class: 'button small lane-driver', dataset: { button: 'driver' } });
  element.addEventListener('click', (event) => {
    if (event.detail > 0) element.blur();
    press();
  });
  return {
    element,
    /**
     * @param {LaneDoc} lane
     * @param {string} actor
     */
    draw(lane, actor) {
      setText(element, drivingWords(lane, actor));
      element.dataset.driver = !lane.holder ? 'nobody' : lane.holder.actor === actor ? 'you' : 'other';
    },
  };
}
