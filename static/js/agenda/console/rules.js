/** The buttons of a lane: what each would send, why it cannot be pressed, and what is asked before something dangerous. */
import { cuesLeft } from '#hub/agenda/console/lanes.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {'start' | 'next' | 'hold' | 'shorter' | 'longer' | 'back' | 'finish'} Button */
/** @typedef {{command: string, body: Record<string, unknown>}} Order */
/** @typedef {{title: string, body?: string, action: string}} Question */

const STEP_S = 60;

/** Pressing one of these twice in a moment is a slip of the hand, pressing the others twice is meant. */
export const ONCE = new Set(/** @type {Button[]} */ (['start', 'next', 'hold', 'back', 'finish']));

/**
 * What `button` sends for a lane that stands like this.
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
 * Why `button` can do nothing now, in words; empty when it can.
 * @param {Button} button
 * @param {ConsoleLane} lane
 */
export function obstacle(button, lane) {
  if (button === 'start') return obstacleToStart(lane);
  if (lane.status === 'waiting') return t('아직 시작하지 않았습니다. 먼저 시작을 누르세요.');
  if (button === 'back') return '';
  if (lane.status === 'finished') return t('이미 끝났습니다. 되돌리기로 다시 열 수 있습니다.');
  if (button === 'next' && !lane.next) return t('마지막 순서입니다. 마치려면 종료를 누르세요.');
  if (button === 'shorter' && allottedS(lane) <= STEP_S) return t('남은 배정 시간이 1분 이하라 더 줄일 수 없습니다.');
  return '';
}

/**
 * What to ask before `button` is sent, or null when it may go at once.
 * @param {Button} button
 * @param {ConsoleLane} lane
 * @param {ConsoleLane[]} lanes every lane
 * @returns {Question | null}
 */
export function question(button, lane, lanes) {
  switch (button) {
    case 'back':
      return askBack(lane);
    case 'finish':
      return askFinish(lane);
    case 'next':
      return askLeavingOthers(lane, lanes);
    default:
      return null;
  }
}

/** @param {ConsoleLane} lane */
function obstacleToStart(lane) {
  if (lane.status === 'finished') return t('이미 끝났습니다. 되돌리기로 다시 열 수 있습니다.');
  if (lane.status !== 'waiting') return t('이미 시작했습니다.');
  return lane.next ? '' : t('진행할 순서가 없습니다.');
}

/** @param {ConsoleLane} lane */
function allottedS(lane) {
  return lane.cue ? lane.cue.planned_s + lane.cue.extension_s : 0;
}

/**
 * @param {ConsoleLane} lane
 * @returns {Question}
 */
function askBack(lane) {
  const name = text(lane.lane.title);
  const action = t('되돌리기');
  if (lane.status === 'finished') {
    return { title: t('{lane}: 종료를 되돌릴까요?', { lane: name }), body: t('마지막 순서가 다시 진행됩니다.'), action };
  }
  const started = lane.lines.filter((line) => line.state === 'done');
  const before = started.at(-1)?.cue;
  return {
    title: t('{lane}: 이전으로 되돌릴까요?', { lane: name }),
    body: before
      ? t('‘{now}’ 순서의 시작이 취소되고 ‘{before}’ 순서가 이어집니다.', { now: text(lane.cue?.title), before: text(before.title) })
      : t('‘{now}’ 순서의 시작이 취소되고 대기 상태가 됩니다.', { now: text(lane.cue?.title) }),
    action,
  };
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
