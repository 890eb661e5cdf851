/** The buttons of a lane: what each sends, why it cannot be pressed, and what is asked before something dangerous. */
import { cuesLeft } from '#hub/agenda/console/lanes.js';
import { commandWords } from '#hub/agenda/console/words.js';
import { notNowWords } from '#hub/web/command-words.js';
import { t, text } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {NonNullable<import('#hub/live/documents.js').LaneDoc['commands']>} Commands */
/** @typedef {'start' | 'next' | 'hold' | 'shorter' | 'longer' | 'undo' | 'redo' | 'finish'} Button */
/** @typedef {{command: keyof Commands, body: {seconds?: number, early?: boolean}}} Order */
/** @typedef {{title: string, body?: string, action: string}} Question */

const STEP_S = 60;

/** Pressing one of these twice within a moment counts once; pressing the others twice is intended. */
export const ONCE = new Set(/** @type {Button[]} */ (['start', 'next', 'hold', 'undo', 'redo', 'finish']));

/**
 * What `button` sends for a lane in this state.
 * @param {Button} button
 * @param {ConsoleLane} lane
 * @returns {Order}
 */
export function order(button, lane) {
  switch (button) {
    case 'hold':
      return { command: lane.status === 'held' ? 'resume' : 'hold', body: {} };
    case 'shorter':
      return { command: 'extend', body: { seconds: -STEP_S } };
    case 'longer':
      return { command: 'extend', body: { seconds: STEP_S } };
    case 'finish':
      return { command: 'finish', body: { early: cuesLeft(lane) > 0 } };
    default:
      return { command: button, body: {} };
  }
}

/**
 * Why `button` can do nothing now, in words; empty when it can. The server says so in the lane's document.
 * @param {Button} button
 * @param {ConsoleLane} lane
 */
export function obstacle(button, lane) {
  const { command, body } = order(button, lane);
  const code = lane.lane.commands ? (lane.lane.commands[command] ?? outOfBounds(body.seconds, lane)) : 'unknown';
  return code === null ? '' : notNowWords(code);
}

/**
 * What to ask before `button` is sent, or null when it may go at once.
 * @param {Button} button
 * @param {ConsoleLane} lane
 * @param {{lanes: ConsoleLane[], store: Store, zone: string}} day `lanes`: every lane; `zone`: IANA name of the event's zone
 * @returns {Question | null}
 */
export function question(button, lane, { lanes, store, zone }) {
  const name = text(lane.lane.title);
  switch (button) {
    case 'undo':
      return { title: t('{lane}: 실행을 취소할까요?', { lane: name }), body: past(lane.lane.undo, store, zone, lane.now), action: t('실행 취소') };
    case 'redo':
      return { title: t('{lane}: 다시 실행할까요?', { lane: name }), body: past(lane.lane.redo, store, zone, lane.now), action: t('다시 실행') };
    case 'finish':
      return askFinish(lane);
    case 'next':
      return askLeavingOthers(lane, lanes);
    default:
      return null;
  }
}

/**
 * @param {number | undefined} seconds of an extension
 * @param {ConsoleLane} lane
 * @returns {string | null} the code of the refusal
 */
function outOfBounds(seconds = 0, { lane: { extend_min_s = 0, extend_max_s = 0 } }) {
  if (seconds < 0 && seconds < extend_min_s) return 'too_short';
  return seconds > 0 && seconds > extend_max_s ? 'too_long' : null;
}

/**
 * A past command: what it did, by whom, and when.
 * @param {import('#hub/live/documents.js').PastCommand | null | undefined} command
 * @param {Store} store
 * @param {string} zone
 * @param {number} now server time (ms)
 */
function past(command, store, zone, now) {
  if (!command) return '';
  return t('‘{what}’ · {by} · {time}', { what: commandWords(command, store), by: command.by, time: secondsBeside(command.at, now, zone) });
}

/**
 * @param {ConsoleLane} lane
 * @returns {Question}
 */
function askFinish(lane) {
  const name = text(lane.lane.title);
  const left = cuesLeft(lane);
  if (left === 0) return { title: t('{lane}: 진행을 종료할까요?', { lane: name }), action: t('종료') };
  return {
    title: t('{lane}: 남은 순서 {n}개를 두고 조기 종료할까요?', { lane: name, n: left }),
    body: t('남은 순서는 진행하지 않은 것으로 남습니다.'),
    action: t('조기 종료'),
  };
}

/**
 * A lane leaves a part of the programme in which another lane is still on air.
 * @param {ConsoleLane} lane
 * @param {ConsoleLane[]} lanes
 * @returns {Question | null}
 */
function askLeavingOthers(lane, lanes) {
  if (!lane.cue || !lane.next || lane.next.cue.segment === lane.cue.segment) return null;
  const there = lanes.filter((other) => other.lane.id !== lane.lane.id && other.cue?.segment === lane.cue?.segment);
  if (there.length === 0) return null;
  return {
    title: t('{lane}만 다음 순서로 넘길까요?', { lane: text(lane.lane.title) }),
    body: there
      .map((other) => t('{lane}에서는 ‘{cue}’ 순서가 아직 진행 중입니다.', { lane: text(other.lane.title), cue: text(other.cue?.title) }))
      .join(' '),
    action: t('다음 순서로'),
  };
}
