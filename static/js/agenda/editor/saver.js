/**
 * Saves a draft by itself: sends what is not answered yet, one request at a time, and fetches the plan when somebody else
 * changed it. Nothing is sent twice and nothing is dropped: a step leaves the draft's queue only with an answer.
 */
import { editsOf } from '#hub/agenda/editor/edits.js';

/** @typedef {import('#hub/agenda/editor/draft.js').Draft} Draft */
/** @typedef {import('#hub/agenda/editor/draft.js').Held} Held */
/** @typedef {import('#hub/web/commands.js').Answer} Answer */
/** @typedef {import('#hub/web/commands.js').Phase} Phase */
/** @typedef {'loading' | 'saved' | 'saving' | 'waiting' | 'stopped'} State `waiting`: no answer, it is being sent again; `stopped`: may not save */
/**
 * @typedef {{post: (body: {revision: number, edits: object[]}, onPhase: (phase: Phase) => void) => Promise<Answer | null>,
 *   fetchPlan: () => Promise<any>, wait: (ms: number) => Promise<void>}} Server
 */
/**
 * @typedef {{onChange: () => void, onHeld: (held: Held[]) => void, onRefused: (words: string) => void,
 *   onOthers: (by: string) => void}} Listener `onChange`: draw again
 */

const MOST_STEPS = 40;
const AGAIN_MS = 3_000;
/** What is not about the edits: signed out, no right to it, archived. Sending the same again later may work. */
const STOPPING = [401, 403, 404];

export class Saver {
  /** @type {State} */
  state = 'loading';
  /** Why nothing is saved, in words. */
  stopped = '';
  /** Whether it was stopped because nobody, or somebody else, is signed in. */
  signedOut = false;
  #draft;
  #server;
  #listener;
  #running = false;
  #newest = 0;
  #single = false;
  #loaded = false;
  /** What the server made of our edits is not what we expect. */
  #stale = false;

  /**
   * @param {Draft} draft
   * @param {Server} server
   * @param {Listener} listener
   */
  constructor(draft, server, listener) {
    this.#draft = draft;
    this.#server = server;
    this.#listener = listener;
  }

  /** Whether something is not answered yet. */
  get open() {
    return this.#draft.pending.length > 0;
  }

  get #behind() {
    return this.#stale || this.#newest > this.#draft.revision;
  }

  /** Fetch the plan. Resolves when it is there. */
  async load() {
    await this.#fetch();
    this.#become(this.open ? 'saving' : 'saved');
    if (this.#behind) void this.#run();
  }

  /** Send what waits; call it after each step. */
  save() {
    void this.#run();
  }

  /**
   * Learn that the working plan has this revision.
   * @param {number} revision
   */
  exists(revision) {
    this.#newest = Math.max(this.#newest, revision);
    void this.#run();
  }

  /** Try again after it was stopped: somebody signed in again. */
  resume() {
    this.stopped = '';
    this.signedOut = false;
    void this.#run();
  }

  async #run() {
    if (this.#running || !this.#loaded || this.stopped) return;
    this.#running = true;
    try {
      while (!this.stopped && (this.open || this.#behind)) {
        if (this.#behind) await this.#fetch();
        if (this.open) await this.#send();
      }
    } finally {
      this.#running = false;
      this.#become(this.stopped ? 'stopped' : 'saved');
    }
  }

  async #send() {
    const draft = this.#draft;
    const steps = draft.pending.slice(0, this.#single ? 1 : MOST_STEPS);
    const edits = editsOf(draft.base, steps);
    this.#become('saving');
    const answer = await this.#server.post({ revision: draft.revision, edits }, (phase) => phase === 'retrying' && this.#become('waiting'));
    if (!answer) return;
    if (answer.ok) this.#confirmed(steps.length, answer.data.revision);
    else if (answer.code === 'plan_changed') await this.#fetch();
    else this.#refused(answer, steps.length);
  }

  /**
   * @param {number} count
   * @param {number} revision
   */
  #confirmed(count, revision) {
    const expected = this.#draft.revision + 1;
    this.#draft.confirm(count, revision);
    this.#single = false;
    this.#newest = Math.max(this.#newest, revision);
    if (revision !== expected) this.#stale = true;
    this.#listener.onChange();
  }

  /**
   * @param {Answer} answer
   * @param {number} count
   */
  #refused(answer, count) {
    if (STOPPING.includes(answer.status) || answer.code === 'csrf' || answer.code === 'archived') {
      this.stopped = answer.message;
      this.signedOut = answer.status === 401 || answer.code === 'csrf';
      return;
    }
    if (count > 1) {
      this.#single = true;
      return;
    }
    this.#listener.onHeld([this.#draft.refuse(answer.message)]);
    this.#listener.onRefused(answer.message);
    this.#listener.onChange();
  }

  async #fetch() {
    for (;;) {
      this.#newest = 0; // what is read now has all that was heard of before; what is heard of meanwhile may be newer
      const plan = await this.#server.fetchPlan();
      if (plan) return this.#took(plan);
      this.#become('waiting');
      await this.#server.wait(AGAIN_MS);
    }
  }

  /** @param {any} plan */
  #took(plan) {
    const { departments, segments, lanes, revision, by } = plan;
    const others = this.#loaded && revision !== this.#draft.revision;
    this.#loaded = true;
    this.#stale = false;
    const held = this.#draft.rebase({ departments, segments, lanes }, revision, by ?? '');
    if (held.length > 0) this.#listener.onHeld(held);
    else if (others) this.#listener.onOthers(by ?? '');
    this.#listener.onChange();
  }

  /** @param {State} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#listener.onChange();
  }
}
