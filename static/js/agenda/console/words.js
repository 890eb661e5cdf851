/** What the console says about lanes and commands. */
import { t, text } from '#hub/web/i18n.js';
import { besideOf } from '#hub/agenda/lanes.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/store.js').Facts} Facts */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */

/** Lateness below this is on time for the operator. */
const NOTABLE_MS = 5_000;
const MINUTE_MS = 60_000;

/** @param {ConsoleLane['status']} status */
export function statusWord(status) {
  return { waiting: t('대기'), running: t('진행 중'), held: t('멈춰 있음'), finished: t('마침') }[status];
}

/**
 * A length of time: `2분 30초`.
 * @param {number} ms not negative
 */
export function spanWords(ms) {
  const seconds = Math.round(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  if (h > 0) return m > 0 ? t('{h}시간 {m}분', { h, m }) : t('{h}시간', { h });
  if (m > 0) return s > 0 ? t('{m}분 {s}초', { m, s }) : t('{m}분', { m });
  return t('{s}초', { s });
}

/**
 * How late or early the lane will be, to the second.
 * @param {number} driftMs
 */
export function driftWords(driftMs) {
  if (Math.abs(driftMs) < NOTABLE_MS) return t('예정대로');
  const span = spanWords(Math.abs(driftMs));
  return driftMs > 0 ? t('예정보다 {span} 늦음', { span }) : t('예정보다 {span} 빠름', { span });
}

/**
 * Whom a lane waits for before its next cue, and for how long, or who is ready and waits for it; empty when it starts alone.
 * @param {Pick<ConsoleLane, 'lane' | 'waits' | 'awaiting' | 'skewMs'>} lane
 */
export function waitingWords({ lane, waits, awaiting, skewMs }) {
  if (waits.length === 0 && lane.ready_since) return t('준비됨 · 모두 준비되었습니다');
  if (awaiting.length > 0 && !lane.ready_since) return t('{lanes} 구역이 준비되어 기다립니다', { lanes: awaiting.map(({ title }) => text(title)).join(', ') });
  if (waits.length === 0) return '';
  const lanes = waits.map(({ title }) => text(title)).join(', ');
  const words = lane.ready_since ? t('준비됨 · {lanes} 구역을 기다립니다', { lanes }) : t('{lanes} 구역과 동시에 시작', { lanes });
  return skewMs < NOTABLE_MS ? words : `${words} · ${t('약 {span} 차이', { span: spanWords(roughly(skewMs)) })}`;
}

/** @param {number} ms from a minute on in whole minutes: nobody waits by the second so early, and words that tick draw the eye */
function roughly(ms) {
  return ms < MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

/**
 * When the lane will end, beside the plan.
 * @param {ConsoleLane} lane
 * @param {string} zone
 */
export function finishWords(lane, zone) {
  if (lane.plannedFinish === null || lane.projectedFinish === null) return '';
  const beside = besideOf([lane]);
  const times = {
    time: clockBeside(lane.projectedFinish, beside.real, zone), planned: clockBeside(lane.plannedFinish, beside.planned, zone),
  };
  if (lane.status === 'finished') return t('{time} 종료 (계획 {planned})', times);
  return t('{time} 종료 예상 (계획 {planned})', times);
}

/**
 * The name of a button for a lane that stands like this.
 * @param {Button} button
 * @param {ConsoleLane['status']} status
 */
export function buttonWords(button, status) {
  switch (button) {
    case 'start':
      return t('시작');
    case 'next':
      return t('다음 순서로');
    case 'hold':
      return status === 'held' ? t('재개') : t('멈추기');
    case 'shorter':
      return t('−1분');
    case 'longer':
      return t('+1분');
    case 'undo':
      return t('실행 취소');
    case 'redo':
      return t('다시 실행');
    case 'finish':
      return t('종료');
  }
}

/**
 * What was pressed, from the command that was to be sent.
 * @param {{command: string, body: Record<string, unknown>}} order
 */
export function orderWords({ command, body }) {
  if (command === 'resume') return t('재개');
  if (command === 'make-up') return t('시간 맞추기');
  if (command === 'extend') return Number(body.seconds) < 0 ? t('−1분') : t('+1분');
  return buttonWords(/** @type {Button} */ (command), 'running');
}

/**
 * What a command did, from its fact: the topic and the own fields.
 * @param {Omit<Facts, 'cue'> & {topic: string, cue?: string | null}} command
 * @param {Store} store
 */
export function commandWords(command, store) {
  const cue = text(store.get(`cue/${command.cue}`)?.title);
  switch (command.topic) {
    case 'LaneStarted':
      return t('시작: {cue}', { cue });
    case 'CueStarted':
      return t('다음 순서로: {cue}', { cue });
    case 'CueTakenBack':
      return command.cue ? t('되돌림: {cue}', { cue }) : t('시작을 취소함');
    case 'StandbyChanged':
      return command.cue ? t('대기: {cue}', { cue }) : t('대기를 해제함');
    case 'CueSkipped':
      return t('건너뛰기: {cue}', { cue });
    case 'CueBroughtBack':
      return t('건너뛰지 않기: {cue}', { cue });
    case 'CueRestarted':
      return t('처음부터 다시: {cue}', { cue });
    case 'LaneReady':
      return t('준비: {cue}', { cue });
    case 'LaneReopened':
      return t('종료를 취소하고 계속: {cue}', { cue });
    case 'LaneHeld':
      return t('진행을 멈춤');
    case 'LaneResumed':
      return t('진행을 재개함');
    case 'CueExtended':
      return extendedWords(command.added_s ?? 0);
    case 'LaneMadeUp':
      return t('시간을 맞춤');
    case 'LaneFinished':
      return command.left_out ? t('조기 종료 (남긴 순서 {n}개)', { n: command.left_out }) : t('종료함');
    case 'CommandUndone':
      return t('실행 취소: {what}', { what: topicWords(command.undone) });
    case 'CommandRedone':
      return t('다시 실행: {what}', { what: topicWords(command.undone) });
    case 'ControlTaken':
      return command.holder ? t('진행을 넘겨받음 (앞: {by})', { by: command.holder }) : t('진행을 맡음');
    case 'ControlReleased':
      return t('진행을 놓음');
    case 'PlanApplied':
      return t('바뀐 계획을 반영함');
    default:
      return t('다른 명령');
  }
}

/**
 * A command that was undone or redone, by the topic of its fact.
 * @param {string} [topic]
 */
function topicWords(topic) {
  switch (topic) {
    case 'LaneStarted':
      return t('시작');
    case 'CueStarted':
      return t('다음 순서로');
    case 'CueTakenBack':
      return t('되돌림');
    case 'StandbyChanged':
      return t('대기시키기');
    case 'CueSkipped':
      return t('건너뛰기');
    case 'CueBroughtBack':
      return t('건너뛰지 않기');
    case 'CueRestarted':
      return t('처음부터 다시');
    case 'LaneReady':
      return t('준비');
    case 'LaneReopened':
      return t('종료 취소');
    case 'LayerChanged':
      return t('무대 화면');
    case 'LaneHeld':
      return t('멈춤');
    case 'LaneResumed':
      return t('재개');
    case 'CueExtended':
      return t('시간 조정');
    case 'LaneMadeUp':
      return t('시간 맞추기');
    case 'LaneFinished':
      return t('종료');
    default:
      return t('다른 명령');
  }
}

/** @param {number} addedS */
function extendedWords(addedS) {
  const span = spanWords(Math.abs(addedS) * 1000);
  return addedS > 0 ? t('{span} 늘림', { span }) : t('{span} 줄임', { span });
}
