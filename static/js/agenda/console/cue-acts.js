/** What may be done with one cue of a lane beside the lane's own buttons: put on standby, start at once, leave out, begin anew. */
import { askAlone, startsAlone } from '#hub/agenda/console/rules.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/lanes.js').Line} Line */
/** @typedef {'arm' | 'jump' | 'skip' | 'bring-back' | 'restart' | 'reopen'} CueVerb */
/** @typedef {import('#hub/agenda/console/rules.js').Question} Question */
/** @typedef {{verb: CueVerb, words: string, body: {cue?: string | null, force?: boolean}, question: Question | null}} CueAct `question`: what is asked first */

/**
 * The buttons of a cue, in their order: those that the server would accept now.
 * @param {ConsoleLane} lane
 * @param {Line} line
 * @returns {CueAct[]}
 */
export function cueActs(lane, line) {
  return (line.state === 'on-air' ? onAir(line) : [...reopening(lane, line), ...offAir(lane, line)]).filter(({ verb }) => lane.lane.commands?.[verb] === null);
}

/**
 * @param {Line} line
 * @returns {CueAct[]}
 */
function onAir({ cue }) {
  const words = t('처음부터 다시');
  return [{ verb: 'restart', words, body: {}, question: sure(t('‘{cue}’ 순서를 처음부터 다시 할까요?', { cue: text(cue.title) }), words) }];
}

/**
 * @param {ConsoleLane} at
 * @param {Line} line
 * @returns {CueAct[]}
 */
function offAir(at, { cue }) {
  const { lane, status } = at;
  const id = cue.id;
  const standby = lane.standby === id;
  /** @type {CueAct[]} */
  const acts = [];
  if (status !== 'finished') acts.push({ verb: 'arm', words: standby ? t('대기 해제') : t('대기시키기'), body: { cue: standby ? null : id }, question: null });
  acts.push(jump(at, cue));
  if (cue.skipped) acts.push({ verb: 'bring-back', words: t('건너뛰지 않기'), body: { cue: id }, question: null });
  else if (!cue.started_at) acts.push({ verb: 'skip', words: t('건너뛰기'), body: { cue: id }, question: null });
  return acts;
}

/**
 * Start a cue at once. Where the lane is ready for it already and waits for others, it starts alone, after the same question as by `next`.
 * @param {ConsoleLane} lane
 * @param {import('#hub/live/documents.js').CueDoc} cue
 * @returns {CueAct}
 */
function jump(lane, cue) {
  const words = t('바로 시작');
  if (lane.next?.cue.id === cue.id && startsAlone(lane)) return { verb: 'jump', words, body: { cue: cue.id, force: true }, question: askAlone(lane) };
  return { verb: 'jump', words, body: { cue: cue.id }, question: sure(t('‘{cue}’ 순서를 지금 바로 시작할까요?', { cue: text(cue.title) }), words) };
}

/**
 * @param {string} title
 * @param {string} words of the button that does it
 * @returns {Question}
 */
function sure(title, words) {
  return { title, choices: [{ value: 'go', words, kind: 'danger' }], keep: t('그대로 두기') };
}

/**
 * The cue that ended last goes on when its lane is opened again.
 * @param {ConsoleLane} lane
 * @param {Line} line
 * @returns {CueAct[]}
 */
function reopening({ status, lines }, { cue }) {
  const ended = lines.filter((one) => one.cue.ended_at !== null).sort((a, b) => String(a.cue.ended_at).localeCompare(String(b.cue.ended_at)));
  if (status !== 'finished' || ended.at(-1)?.cue.id !== cue.id) return [];
  return [{ verb: 'reopen', words: t('종료를 취소하고 계속'), body: {}, question: null }];
}
