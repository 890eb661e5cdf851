/** One press for several lanes: their next cues begin at one instant, in all of them or in none. */
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {{command: 'start' | 'next', lanes: string[], question: {title: string, body: string, action: string, danger: boolean}}} Together */

/**
 * What the button would do: start the lanes that wait, else take all that go on to their next cue; null when that are fewer than two.
 * @param {readonly ConsoleLane[]} lanes
 * @returns {Together | null}
 */
export function together(lanes) {
  for (const command of /** @type {const} */ (['start', 'next'])) {
    const able = lanes.filter(({ lane }) => lane.commands?.[command] === null);
    if (able.length < 2) continue;
    const begins = able.map(({ lane, next, lines }) => `${text(lane.title)}: ${text((next ?? lines[0])?.cue.title)}`);
    const title = command === 'start' ? t('{n}개 구역을 함께 시작할까요?', { n: able.length }) : t('{n}개 구역을 함께 다음 순서로 넘길까요?', { n: able.length });
    return { command, lanes: able.map(({ lane }) => lane.id), question: { title, body: begins.join(' · '), action: togetherWords(command), danger: false } };
  }
  return null;
}

/** @param {'start' | 'next'} command */
export function togetherWords(command) {
  return command === 'start' ? t('함께 시작') : t('함께 다음 순서로');
}
