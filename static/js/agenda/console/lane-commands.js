/**
 * Sends the commands of the console, one at a time for each lane, and reports how each of them stands.
 */
import { ONCE } from '#hub/agenda/console/rules.js';
import { actWords } from '#hub/agenda/console/act-words.js';
import { phaseWords } from '#hub/web/command-words.js';
import { t } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/web/commands.js').Command} Command */
/** @typedef {import('#hub/web/commands.js').Phase} Phase */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {{command: string, body: Record<string, unknown>, award?: string, path?: string}} Order `award`: the command is one of this award, else of the lane; `path`: it is sent there instead */
/** @typedef {Button | 'driver' | 'make-up' | `award-${string}` | `group-${string}` | `layer-${string}` | `cue-${string}`} Pressed what was pressed: a button of the lane, one of an award or of a cue, or one that lays something over the stage */
/** @typedef {import('#hub/live/store.js').Facts} Facts */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{phase: Phase, button: Pressed, words: string}} Progress */
/** @typedef {{conf: string, store: Store, send: typeof import('#hub/web/commands.js').send,
 *   report: (lane: string, progress: Progress) => void, catchUp: () => void, now: () => number, ticks: () => number, zone: string,
 *   run?: string | null, onKept?: (kept: Kept) => void, onLeft?: (left: LeftBehind) => void}} Dependencies `now`: the hub's time, which ticks on when the server cannot be reached; `ticks`: a time
 *   that nobody sets (both ms); `run`: a rehearsal; `onKept` hears of commands that were not sent, `onLeft` of those that leave recipients who were not called */
/** @typedef {{lane: string, button: Pressed, order: Order, seen: number, left: import('#hub/awards/left.js').Left}} LeftBehind */
/** @typedef {{lane: string, command: Command, order: Order, at: number}} Kept a command that waits for a person's word; `at`: when it was pressed */

const DOUBLE_PRESS_MS = 700;
/** A command that could not be sent in this time is not sent later by itself. */
export const KEPT_AFTER_MS = 5_000;

export class LaneCommands {
  /** @type {Dependencies} */
  #dependencies;
  /** @type {Map<string, Command>} */
  #open = new Map();
  /** @type {Map<string, {button: Pressed, at: number}>} */
  #pressed = new Map();

  /** @param {Dependencies} dependencies */
  constructor(dependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Return whether a press of `button` counts: no command of the lane is under way, and it is not an accidental double press. A press
   * that does not count is always reported.
   * @param {string} lane
   * @param {Pressed} button
   */
  accepts(lane, button) {
    const open = this.#open.get(lane);
    const last = this.#pressed.get(lane);
    if (open && last) {
      this.#dependencies.report(lane, { phase: open.phase, button: last.button, words: `${phaseWords(open)} · ${t('방금 누른 것은 처리하지 않았습니다')}` });
      return false;
    }
    const slip = last?.button === button && isOnce(button) && this.#dependencies.ticks() - last.at < DOUBLE_PRESS_MS;
    if (slip) this.#dependencies.report(lane, { phase: 'confirmed', button, words: t('두 번 누른 것을 한 번으로 처리했습니다.') });
    return !slip;
  }

  /**
   * Send the command of `button` for `lane`; nothing is sent while an earlier one of the lane is under way.
   * @param {string} lane
   * @param {Pressed} button
   * @param {Order} order
   * @param {number} seen the sequence number up to which the operator knew the state when pressing
   */
  send(lane, button, order, seen) {
    if (this.#open.has(lane)) return;
    const { conf, now, ticks, send } = this.#dependencies;
    const at = now();
    this.#pressed.set(lane, { button, at: ticks() });
    const { path, body } = requestOf(lane, order, seen, this.#dependencies.run ?? null);
    const onPhase = (/** @type {Command} */ sent) => {
      if (sent.phase === 'kept') this.#dependencies.onKept?.({ lane, command: sent, order, at });
      this.#changed(lane, button, sent);
      if (sent.answer && !sent.answer.ok && sent.answer.code === 'names_left') {
        this.#dependencies.onLeft?.({ lane, button, order, seen, left: /** @type {any} */ (sent.answer.data.error) });
      }
    };
    this.#open.set(lane, send(`/api/v1/c/${encodeURIComponent(conf)}/${path}`, body, { onPhase, keptAfterMs: KEPT_AFTER_MS }));
  }

  /**
   * Stop sending the command of `lane`. Whether the server got it shows when the connection is back.
   * @param {string} lane
   */
  giveUp(lane) {
    this.#open.get(lane)?.giveUp();
  }

  /**
   * @param {string} lane
   * @param {Pressed} button
   * @param {Command} sent
   */
  #changed(lane, button, sent) {
    if (!sent.open) this.#open.delete(lane);
    const words = sent.answer ? this.#settled(sent.answer) : phaseWords(sent);
    this.#dependencies.report(lane, { phase: sent.phase, button, words });
    if (sent.phase === 'refused' || sent.phase === 'unknown') this.#dependencies.catchUp();
  }

  /** @param {Answer} answer */
  #settled(answer) {
    const { store, catchUp } = this.#dependencies;
    if (!answer.ok) return this.#refusal(answer);
    if (store.apply([answer.data.fact]) === 'gap') catchUp();
    const { topic, body } = answer.data.fact;
    return actWords({ ...body, topic }, store);
  }

  /** @param {Answer} answer */
  #refusal(answer) {
    if (answer.code !== 'stale' || !answer.data.error.changed?.length) return answer.message;
    const facts = /** @type {{topic: string, by: string, at: string, body: Facts}[]} */ (answer.data.error.changed);
    const { store, zone, now } = this.#dependencies;
    const done = facts.map(({ topic, by, at, body }) =>
      t('{time}에 {by} 님이 먼저 ‘{what}’', { time: secondsBeside(at, now(), zone), by, what: actWords({ ...body, topic }, store) }),
    );
    return `${t('실행하지 않았습니다.')} ${done.join(', ')}`;
  }
}

/** @param {Pressed} button */
function isOnce(button) {
  return /^((award|layer|cue|group)-|make-up$)/.test(button) || ONCE.has(/** @type {Button} */ (button));
}

/**
 * @param {string} lane
 * @param {Order} order
 * @param {number} seen
 * @param {string | null} run a rehearsal, null for the live run
 */
function requestOf(lane, { command, body, award, path }, seen, run) {
  const within = run ? `runs/${encodeURIComponent(run)}/` : '';
  if (path) return { path: within + path, body: { seen, lane, ...body } };
  if (award) return { path: `${within}awards/${encodeURIComponent(award)}/${command}`, body: { seen, ...body } };
  return { path: `${within || 'run/'}${command}`, body: { seen, ...(body.lanes ? {} : { lane }), ...body } };
}
