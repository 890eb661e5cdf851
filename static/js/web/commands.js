/**
 * Sends commands to the server. A command keeps one id on every try and is sent again, with growing pauses, until the
 * server answers or somebody gives it up. So it happens once or not at all, and a repeat gets the first answer.
 */
import { screenHeaders } from '#hub/web/screen-link.js';
import { backoff, pause } from '#hub/web/backoff.js';
import { failureWords, reloadWords } from '#hub/web/command-words.js';
import { csrfToken, renewSession } from '#hub/web/session.js';

/**
 * @typedef {'sending' | 'retrying' | 'kept' | 'confirmed' | 'refused' | 'unknown'} Phase `retrying`: no answer in time, it is being sent
 *   again; `kept`: not sent any more until somebody says so; `confirmed`: carried out; `refused`: answered with an error; `unknown`: given up, the server may have got it
 */
/** @typedef {{ok: boolean, status: number, code: string, data: any, message: string}} Answer `code` and `message` of a refusal, else empty */
/** @typedef {{fetch: typeof globalThis.fetch, wait: (ms: number) => Promise<void>, session: {token: () => string, renew: typeof renewSession}}} Environment */
/** @typedef {{onPhase?: (command: Command) => void, idField?: 'command_id' | 'scan_id', eachTime?: () => Record<string, unknown>, keptAfterMs?: number} & Partial<Environment>} Options
 *   `onPhase` is called at once and for each new phase; `idField` is the field of the body that holds the id; `eachTime` makes
 *   fields that differ from one try to the next, which the server does not count as part of the request; after `keptAfterMs` without an
 *   answer it is not sent again by itself, only by `resend` (without it, tries never end) */

const SLOW_MS = 1_500;
const TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 5_000;
/** A proxy or a busy database answered, not the command. */
const NO_ANSWER = [502, 503, 504];

/** @type {Environment} */
const BROWSER = {
  fetch: (...args) => globalThis.fetch(...args),
  wait: pause,
  session: { token: csrfToken, renew: renewSession },
};

/**
 * Send a command.
 * @param {string} url
 * @param {Record<string, unknown>} [body] the id is added
 * @param {Options} [options]
 * @returns {Command}
 */
export function send(url, body = {}, options = {}) {
  const command = new Command(url, body, options);
  void command.run();
  return command;
}

/** A command under way; made by `send`. */
export class Command {
  /** @type {Phase} */
  phase = 'sending';
  /** @type {Answer | null} set once `confirmed` or `refused` */
  answer = null;
  #url;
  #onPhase;
  #environment;
  #eachTime;
  #keptAfterMs;
  #renewed = false;
  #given = new AbortController();
  #attempting = new AbortController();
  #goOn = () => {};
  /** @type {(answer: Answer | null) => void} */
  #resolve = () => {};

  /**
   * @param {string} url
   * @param {Record<string, unknown>} body
   * @param {Options} options
   */
  constructor(url, body, { onPhase = () => {}, idField = 'command_id', eachTime = () => ({}), keptAfterMs, ...environment }) {
    this.#url = url;
    this.#onPhase = onPhase;
    this.#eachTime = eachTime;
    this.#keptAfterMs = keptAfterMs;
    this.#environment = { ...BROWSER, ...environment };
    this.id = crypto.randomUUID();
    /** @type {Record<string, unknown>} */
    this.body = { ...body, [idField]: this.id };
    /** @type {Promise<Answer | null>} the answer; null when the command was given up */
    this.settled = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Whether an answer is still awaited. */
  get open() {
    return ['sending', 'retrying', 'kept'].includes(this.phase);
  }

  /** Send a kept command after all. It has the same id: if the server got it before, the answer is the one it gave then. */
  resend() {
    if (this.phase !== 'kept') return;
    this.#attempting = new AbortController();
    this.#become('sending');
    this.#goOn();
    this.#keepLater();
  }

  /** Stop sending. Whether the server got the command stays unknown. */
  giveUp() {
    if (!this.open) return;
    this.#given.abort();
    this.#become('unknown');
    this.#goOn();
    this.#resolve(null);
  }

  /** Send until there is an answer or the command is given up. */
  async run() {
    const { wait } = this.#environment;
    this.#become('sending');
    void wait(SLOW_MS).then(() => this.#doubt());
    this.#keepLater();
    for (let tries = 0; this.open; tries += 1) {
      const answer = await this.#attempt();
      if (answer && this.open) return this.#end(answer);
      this.#doubt();
      await wait(backoff(tries, { cap: LONGEST_PAUSE_MS }));
      if (this.phase === 'kept') await new Promise((resolve) => (this.#goOn = () => resolve(undefined)));
    }
  }

  /** Stop trying when the time for that has passed. */
  #keepLater() {
    if (this.#keptAfterMs === undefined) return;
    void this.#environment.wait(this.#keptAfterMs).then(() => {
      if (this.phase !== 'sending' && this.phase !== 'retrying') return;
      this.#become('kept');
      this.#attempting.abort();
    });
  }

  /** @returns {Promise<Answer | null>} null when another try is worth it */
  async #attempt() {
    const answer = await this.#post();
    if (!answer || NO_ANSWER.includes(answer.status)) return null;
    return answer.status === 400 && answer.code === 'csrf' ? this.#afterRenewal(answer) : answer;
  }

  /**
   * The form token is not of this session any more: somebody signed in again. Take the new token, if still the same one acts.
   * @param {Answer} outdated
   * @returns {Promise<Answer | null>}
   */
  async #afterRenewal(outdated) {
    const outcome = this.#renewed ? 'same' : await this.#environment.session.renew();
    if (outcome === 'unreached') return null;
    if (this.#renewed || outcome === 'other') return { ...outdated, message: reloadWords(outcome) };
    this.#renewed = true;
    return this.#attempt();
  }

  /** @returns {Promise<Answer | null>} null when no answer came */
  async #post() {
    const { fetch, session } = this.#environment;
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': session.token(), ...screenHeaders() },
        body: JSON.stringify({ ...this.body, ...this.#eachTime() }),
        credentials: 'same-origin',
        signal: AbortSignal.any([this.#given.signal, this.#attempting.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      return await read(response);
    } catch {
      return null;
    }
  }

  #doubt() {
    if (this.phase === 'sending') this.#become('retrying');
  }

  /** @param {Answer} answer */
  #end(answer) {
    this.answer = answer;
    this.#become(answer.ok ? 'confirmed' : 'refused');
    this.#resolve(answer);
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    this.#onPhase(this);
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function read(response) {
  const { ok, status } = response;
  const data = await body(response);
  const error = ok ? null : data?.error;
  return { ok, status, code: error?.code ?? '', data, message: ok ? '' : (error?.message ?? failureWords()) };
}

/**
 * The JSON of an answer; null when it is none. An answer that breaks off in the middle throws.
 * @param {Response} response
 */
async function body(response) {
  const content = await response.text();
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
