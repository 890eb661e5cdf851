/** The buttons of a lane, and the line that says how the last command stands. */
import { KEY_CAPS, KEY_NAMES } from '#hub/agenda/console/keys.js';
import { obstacle } from '#hub/agenda/console/rules.js';
import { buttonWords } from '#hub/agenda/console/words.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */

/** @type {Button[]} */
const BUTTONS = ['start', 'next', 'hold', 'shorter', 'longer', 'undo', 'redo', 'finish'];
const UNDER_WAY = ['sending', 'retrying', 'kept'];

/**
 * Make the controls of one lane.
 * @param {{press: (button: Button) => void, giveUp: () => void}} parts
 * @returns {{element: HTMLElement, draw: (lane: ConsoleLane) => void, report: (progress: Progress | null) => void}}
 */
export function controls({ press, giveUp }) {
  const buttons = new Map(BUTTONS.map((button) => [button, make(button, press)]));
  const words = el('p', { class: 'progress-words', role: 'status' });
  const stop = el('button', { type: 'button', class: 'button small', hidden: true, onclick: giveUp }, t('전송 중지'));
  const line = el('div', { class: 'progress' }, words, stop);
  return {
    element: el('div', { class: 'controls' }, el('div', { class: 'lane-buttons' }, ...[...buttons.values()].map(({ element }) => element)), line),
    draw(lane) {
      for (const [button, { element, name }] of buttons) {
        setText(name, buttonWords(button, lane.status));
        element.setAttribute('aria-disabled', String(obstacle(button, lane) !== ''));
        element.dataset.kind = kind(button, lane);
      }
      buttons.get('start')?.element.toggleAttribute('hidden', lane.status !== 'waiting');
      buttons.get('next')?.element.toggleAttribute('hidden', lane.status === 'waiting');
    },
    report(progress) {
      line.dataset.phase = progress?.phase ?? 'idle';
      setText(words, progress?.words ?? '');
      stop.hidden = progress?.phase !== 'retrying' && progress?.phase !== 'kept';
      const busy = progress && UNDER_WAY.includes(progress.phase) ? progress.button : null;
      for (const [button, { element }] of buttons) element.setAttribute('aria-busy', String(button === busy));
    },
  };
}

/**
 * @param {Button} button
 * @param {(button: Button) => void} press
 */
function make(button, press) {
  const name = el('span', null);
  const element = el('button', { type: 'button', class: 'button', dataset: { button }, 'aria-keyshortcuts': KEY_NAMES[button] }, name, el('kbd', { 'aria-hidden': 'true' }, KEY_CAPS[button]));
  element.addEventListener('click', (event) => {
    if (event.detail > 0) element.blur();
    press(button);
  });
  return { element, name };
}

/**
 * The one button that is likely next stands out: start, next, and at the last cue finish; while held, resume. While names of the cue are
 * still to be called, none: the award's own buttons stand out.
 * @param {Button} button
 * @param {ConsoleLane} lane
 */
function kind(button, lane) {
  if (lane.status === 'finished' || (lane.left.length > 0 && lane.status === 'running')) return '';
  const likely = lane.status === 'waiting' ? 'start' : lane.status === 'held' ? 'hold' : lane.next ? 'next' : 'finish';
  return button === likely ? 'primary' : '';
}
