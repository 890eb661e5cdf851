/** One press for several lanes: their next cues begin at one instant, in all of them or in none. */
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {{command: 'start' | 'next', lanes: string[], question: {title: string, body: string, action: string, danger: boolean}}} Together */

/**
 * What the button would do: start the rounds that meet, of lanes that all come to them next, else start the lanes that wait, else take
 * all that go on to their next cue; null when that are fewer than two. A lane whose next cue waits for a lane beside them is not among them.
 * @param {readonly ConsoleLane[]} lanes
 * @returns {Together | null}
 */
export function together(lanes) {
  for (const able of [meeting(lanes), free(lanes, 'start'), free(lanes, 'next')]) {
    if (able.length < 2) continue;
    const command = able.every(({ status }) => status === 'waiting') ? 'start' : 'next';
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

/**
 * The lanes that come to one sync point next, where they wait for one another and for nobody else; whether they wait or run.
 * @param {readonly ConsoleLane[]} lanes
 */
function meeting(lanes) {
  const points = new Set(lanes.flatMap(({ next }) => next?.cue.sync ?? []));
  const groups = [...points].map((point) => lanes.filter((lane) => lane.next?.cue.sync === point && mayGoOn(lane)));
  return groups.find((group) => group.some(({ waits }) => waits.length > 0) && group.every(({ waits }) => waits.every(({ id }) => group.some(({ lane }) => lane.id === id)))) ?? [];
}

/**
 * The lanes that may be sent a command, and by it begin their next cue without waiting for others.
 * @param {readonly ConsoleLane[]} lanes
 * @param {'start' | 'next'} command
 */
function free(lanes, command) {
  return lanes.filter(({ lane, waits }) => lane.commands?.[command] === null && waits.length === 0);
}

/** @param {ConsoleLane} lane */
function mayGoOn({ lane }) {
  return lane.commands?.start === null || lane.commands?.next === null;
}
