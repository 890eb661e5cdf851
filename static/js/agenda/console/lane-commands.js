/**
 * Sends the commands of the console, one at a time for each lane, and reports how each of them stands.
 */
import { ONCE } from '#hub/agenda/console/rules.js';
import { commandWords } from '#hub/agenda/console/words.js';
import { phaseWords } from '#hub/web/command-words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/web/commands.js').Command} Command */
/** @typedef {import('#hub/web/commands.js').Phase} Phase */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/agenda/console/rules.js').Order} Order */
/** @typedef {import('#hub/live/store.js').Facts} Facts */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{phase: Phase, button: Button, words: string}} Progress */
/** @typedef {{conf: string, store: Store, send: typeof import('#hub/web/commands.js').send,
 *   report: (lane: string, progress: Progress) => void, catchUp: () => void, now: () => number}} Dependencies */

const DOUBLE_PRESS_MS = 700;

export class LaneCommands {
  /** @type {Dependencies} */
  #dependencies;
  /** @type {Map<string, Command>} */
  #open = new Map();
  /** @type {Map<string, {button: Button, at: number}>} */
  #pressed = new Map();

  /** @param {Dependencies} dependencies */
  constructor(dependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * Return whether a press of `button` counts: no command of the lane is under way, and it is not an accidental double press. A press
   * that does not count is always reported.
   * @param {string} lane
   * @param {Button} button
   */
  accepts(lane, button) {
    const open = this.#open.get(lane);
    const last = this.#pressed.get(lane);
    if (open && last) {
      this.#dependencies.report(lane, { phase: open.phase, button: last.button, words: `${phaseWords(open)} · ${t('방금 누른 것은 처리하지 않았습니다')}` });
      return false;
    }
    const slip = last?.button === button && ONCE.has(button) && this.#dependencies.now() - last.at < DOUBLE_PRESS_MS;
    if (slip) this.#dependencies.report(lane, { phase: 'confirmed', button, words: t('두 번 누른 것을 한 번으로 처리했습니다.') });
    return !slip;
  }

  /**
   * Send the command of `button` for `lane`; nothing is sent while an earlier one of the lane is under way.
   * @param {string} lane
   * @param {Button} button
   * @param {Order} order
   * @param {number} seen the sequence number up to which the operator knew the state when pressing
   */
  send(lane, button, { command, body }, seen) {
    if (this.#open.has(lane)) return;
    const { conf, now, send } = this.#dependencies;
    this.#pressed.set(lane, { button, at: now() });
    const url = `/api/v1/c/${encodeURIComponent(conf)}/run/${command}`;
    this.#open.set(lane, send(url, { seen, lane, ...body }, { onPhase: (sent) => this.#changed(lane, button, sent) }));
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
   * @param {Button} button
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
    return commandWords({ ...body, topic }, store);
  }

  /** @param {Answer} answer */
  #refusal(answer) {
    if (answer.code !== 'stale') return answer.message;
    const facts = /** @type {{topic: string, by: string, body: Facts}[]} */ (answer.data.error.changed);
    const done = facts.map(({ topic, by, body }) => t('{by} 님이 먼저 ‘{what}’', { by, what: commandWords({ ...body, topic }, this.#dependencies.store) }));
    return `${t('실행하지 않았습니다.')} ${done.join(', ')}`;
  }
}
