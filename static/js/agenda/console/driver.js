/**
 * Sends the commands of the console, one at a time for each lane, and tells how each of them fares. A command is sent
 * again and again under the same id until an answer comes or the operator gives it up, so it happens once or not at all.
 */
import { ONCE } from '#hub/agenda/console/rules.js';
import { commandWords } from '#hub/agenda/console/words.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/command.js').Answer} Answer */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/agenda/console/rules.js').Order} Order */
/** @typedef {import('#hub/live/store.js').Doc} Doc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {'sending' | 'retrying' | 'confirmed' | 'refused' | 'unknown'} Phase `unknown`: given up, the server may have got it */
/** @typedef {{phase: Phase, button: Button, words: string}} Progress */
/** @typedef {{conf: string, store: Store, send: typeof import('#hub/web/command.js').send,
 *   tell: (lane: string, progress: Progress) => void, catchUp: () => void, now: () => number,
 *   later: (ms: number, fn: () => void) => () => void}} Parts */

const SLOW_MS = 1_500;
const DOUBLE_PRESS_MS = 700;

export class Driver {
  /** @type {Parts} */
  #parts;
  /** @type {Map<string, {ticket: AbortController, progress: Progress}>} */
  #sending = new Map();
  /** @type {Map<string, {button: Button, at: number}>} */
  #pressed = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Tell whether a press of `button` counts: no command of the lane is under way, and it is no slip of the hand. One that
   * does not count is told, never passed over in silence.
   * @param {string} lane
   * @param {Button} button
   */
  accepts(lane, button) {
    const under = this.#sending.get(lane);
    if (under) {
      this.#parts.tell(lane, { ...under.progress, words: `${under.progress.words} · ${t('방금 누른 것은 받지 않았습니다')}` });
      return false;
    }
    const last = this.#pressed.get(lane);
    const slip = last?.button === button && ONCE.has(button) && this.#parts.now() - last.at < DOUBLE_PRESS_MS;
    if (slip) this.#parts.tell(lane, { phase: 'confirmed', button, words: t('두 번 눌린 것을 한 번으로 받았습니다.') });
    return !slip;
  }

  /**
   * Send the command of `button` for `lane`, which must be accepted.
   * @param {string} lane
   * @param {Button} button
   * @param {Order} order
   * @param {number} seen the sequence number up to which the operator knew the state when pressing
   */
  async drive(lane, button, { command, body }, seen) {
    if (this.#sending.has(lane)) return;
    const { conf, now } = this.#parts;
    const ticket = new AbortController();
    this.#underWay(lane, ticket, { phase: 'sending', button, words: t('보내는 중') });
    this.#pressed.set(lane, { button, at: now() });
    const answer = await this.#insist(lane, button, ticket, `/api/v1/c/${encodeURIComponent(conf)}/run/${command}`, {
      command_id: crypto.randomUUID(), seen, lane, ...body,
    });
    if (!this.#waits(lane, ticket) || !answer) return;
    this.#sending.delete(lane);
    this.#settle(lane, button, answer);
  }

  /**
   * Send the command of `lane` no more. Whether the server got it shows by itself when the connection is back.
   * @param {string} lane
   * @param {Button} button
   */
  giveUp(lane, button) {
    this.#sending.get(lane)?.ticket.abort();
    if (!this.#sending.delete(lane)) return;
    this.#parts.tell(lane, { phase: 'unknown', button, words: t('보내기를 그만두었습니다. 이미 실행되었을 수 있으니 화면을 확인하세요.') });
    this.#parts.catchUp();
  }

  /**
   * @param {string} lane
   * @param {Button} button
   * @param {AbortController} ticket
   * @param {string} url
   * @param {Record<string, unknown>} body
   * @returns {Promise<Answer | null>} null when it was given up
   */
  async #insist(lane, button, ticket, url, body) {
    const { send, later } = this.#parts;
    const words = t('서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.');
    const quiet = later(SLOW_MS, () => {
      if (this.#waits(lane, ticket)) this.#underWay(lane, ticket, { phase: 'retrying', button, words });
    });
    try {
      while (this.#waits(lane, ticket)) {
        const answer = await send(url, body, { fetch: until(ticket.signal) });
        if (answer.status !== 0) return answer;
      }
      return null;
    } finally {
      quiet();
    }
  }

  /**
   * @param {string} lane
   * @param {AbortController} ticket
   * @param {Progress} progress
   */
  #underWay(lane, ticket, progress) {
    this.#sending.set(lane, { ticket, progress });
    this.#parts.tell(lane, progress);
  }

  /**
   * @param {string} lane
   * @param {AbortController} ticket
   */
  #waits(lane, ticket) {
    return this.#sending.get(lane)?.ticket === ticket;
  }

  /**
   * @param {string} lane
   * @param {Button} button
   * @param {Answer} answer
   */
  #settle(lane, button, answer) {
    const { store, tell, catchUp } = this.#parts;
    if (answer.ok) {
      if (store.apply([answer.data.fact]) === 'gap') catchUp();
      const { topic, body } = answer.data.fact;
      tell(lane, { phase: 'confirmed', button, words: commandWords({ ...body, topic }, store) });
      return;
    }
    tell(lane, { phase: 'refused', button, words: this.#refusal(answer) });
    catchUp();
  }

  /** @param {Answer} answer */
  #refusal(answer) {
    const error = answer.data?.error;
    if (error?.code !== 'stale') return answer.message;
    const facts = /** @type {{topic: string, by: string, body: Doc}[]} */ (error.changed);
    const done = facts.map(({ topic, by, body }) => t('{by} 님이 먼저 ‘{what}’', { by, what: commandWords({ ...body, topic }, this.#parts.store) }));
    return `${t('실행하지 않았습니다.')} ${done.join(', ')}`;
  }
}

/**
 * A `fetch` that sends nothing any more once `signal` is aborted.
 * @param {AbortSignal} signal
 * @returns {typeof globalThis.fetch}
 */
function until(signal) {
  return (url, init) => globalThis.fetch(url, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) });
}
