/** The buttons of a lane: what each sends, why it cannot be pressed, and what is asked before something dangerous. */
import { cuesLeft } from '#hub/agenda/console/lanes.js';
import { actWords } from '#hub/agenda/console/act-words.js';
import { notNowWords } from '#hub/web/command-words.js';
import { t, text } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {NonNullable<import('#hub/live/documents.js').LaneDoc['commands']>} Commands */
/** @typedef {'start' | 'next' | 'hold' | 'shorter' | 'longer' | 'undo' | 'redo' | 'finish'} Button */
/** @typedef {{command: keyof Commands, body: {seconds?: number, early?: boolean, step?: number, publish?: boolean, force?: boolean}}} Order */
/** @typedef {import('#hub/web/ask.js').Choice} Choice */
/** @typedef {{title: string, body?: string, choices: Choice[], keep?: string}} Question the value `go` sends the command, `check` sends it so that it starts nothing alone and names that turned up are asked about, any other one does not */

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
    case 'undo':
    case 'redo':
      return { command: button, body: taking(button, lane) };
    default:
      return { command: button, body: startsAlone(lane) ? { force: true } : {} };
  }
}

/**
 * Whether a lane that is ready would start its next cue alone: others are not there yet.
 * @param {ConsoleLane} lane
 */
export function startsAlone({ lane, waits }) {
  return Boolean(lane.ready_since) && waits.length > 0;
}

/**
 * The step that the operator sees; where a name becomes public by taking it, that too.
 * @param {'undo' | 'redo'} button
 * @param {ConsoleLane} lane
 */
function taking(button, lane) {
  const past = lane.lane[button];
  return past ? { step: past.number, ...(publishes(button, lane) && { publish: true }) } : {};
}

/**
 * @param {'undo' | 'redo'} button
 * @param {ConsoleLane} lane
 */
function publishes(button, { lane }) {
  return lane[button]?.topic === { undo: 'AwardTakenBack', redo: 'AwardRevealed' }[button];
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

/** An act so young may be taken back without a question. */
const YOUNG_MS = 3_000;
/** Undoing one of these changes nothing that anybody in the hall sees. */
const SILENT = ['StandbyChanged', 'LaneReady', 'CueSkipped', 'CueBroughtBack', 'AwardArmed', 'AwardPresented', 'AwardPhotographed', 'AwardDone', 'AwardDeferred', 'AwardAbsenceNoted', 'AwardProxyNamed', 'AwardSkipped'];

/**
 * What to ask before `button` is sent, or null when it may go at once.
 * @param {Button} button
 * @param {ConsoleLane} lane
 * @param {{lanes: readonly ConsoleLane[], store: Store, zone: string}} day `lanes`: every lane; `zone`: IANA name of the event's zone
 * @returns {Question | null}
 */
export function question(button, lane, { lanes, store, zone }) {
  const name = text(lane.lane.title);
  switch (button) {
    case 'undo':
      if (isQuiet(lane)) return null;
      return { title: t('{lane}: 실행을 취소할까요?', { lane: name }), body: past(button, lane, store, zone), ...go(t('실행 취소')) };
    case 'redo':
      return { title: t('{lane}: 다시 실행할까요?', { lane: name }), body: past(button, lane, store, zone), ...go(t('다시 실행')) };
    case 'finish':
      return askFinish(lane);
    case 'start':
      return askAlone(lane) ?? askStart(lane, store);
    case 'next':
      return lane.waits.length > 0 ? askAlone(lane) : askLeavingOthers(lane, lanes);
    default:
      return null;
  }
}

/**
 * A lane of the live run begins while the screens show a rehearsal.
 * @param {ConsoleLane} lane
 * @param {Store} store
 * @returns {Question | null}
 */
function askStart({ lane }, store) {
  const shown = store.all('rehearsal/').some(({ id, on_screens }) => on_screens && id !== lane.run);
  if (!shown) return null;
  return { title: t('{lane}: 화면이 아직 리허설을 따라갑니다. 그대로 시작할까요?', { lane: text(lane.title) }), ...go(t('시작')) };
}

/**
 * @param {string} words of the button that sends the command
 * @returns {Pick<Question, 'choices' | 'keep'>}
 */
function go(words) {
  return { choices: [{ value: 'go', words, kind: 'danger' }], keep: t('그대로 두기') };
}

/** @param {ConsoleLane} lane */
function isQuiet(lane) {
  const undo = lane.lane.undo;
  return !undo || (!publishes('undo', lane) && (SILENT.includes(undo.topic) || isYoung(undo.at, lane.now)));
}

/**
 * Whether an act happened just now; one that lies ahead did not, for the hub's clock was set back since.
 * @param {string} at
 * @param {number} now server time (ms)
 */
function isYoung(at, now) {
  return Math.abs(now - Date.parse(at)) < YOUNG_MS;
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
 * What would be taken back or done again, by whom it was done and when, and whether a name becomes public by it.
 * @param {'undo' | 'redo'} button
 * @param {ConsoleLane} lane
 * @param {Store} store
 * @param {string} zone
 */
function past(button, lane, store, zone) {
  const command = lane.lane[button];
  if (!command) return '';
  const words = t('‘{what}’ · {by} · {time}', { what: actWords(command, store), by: command.by, time: secondsBeside(command.at, lane.now, zone) });
  return publishes(button, lane) ? `${words} · ${t('이름이 다시 공개됩니다.')}` : words;
}

/**
 * @param {ConsoleLane} lane
 * @returns {Question}
 */
function askFinish(lane) {
  const name = text(lane.lane.title);
  const left = cuesLeft(lane);
  if (left === 0) return { title: t('{lane}: 진행을 종료할까요?', { lane: name }), ...go(t('종료')) };
  return {
    title: t('{lane}: 남은 순서 {n}개를 두고 조기 종료할까요?', { lane: name, n: left }),
    body: t('남은 순서는 진행하지 않은 것으로 남습니다.'),
    ...go(t('조기 종료')),
  };
}

/**
 * A lane is ready, and those that it would start together with are not.
 * @param {ConsoleLane} lane
 * @returns {Question | null}
 */
export function askAlone(lane) {
  if (!startsAlone(lane)) return null;
  const lanes = lane.waits.map(({ title }) => text(title)).join(', ');
  return {
    title: t('{lane}: 혼자 시작할까요?', { lane: text(lane.lane.title) }),
    body: t('함께 시작할 {lanes} 구역이 아직 준비되지 않았습니다.', { lanes }),
    choices: [{ value: 'go', words: t('혼자 시작'), kind: 'danger' }, ...(lane.left.length > 0 ? [{ value: 'check', words: t('수상자 다시 확인') }] : [])],
    keep: t('기다리기'),
  };
}

/**
 * A lane leaves a part of the programme in which another lane is still on air.
 * @param {ConsoleLane} lane
 * @param {readonly ConsoleLane[]} lanes
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
    ...go(t('다음 순서로')),
  };
}
