/**
 * The plan as this browser shows it: what the server has, and on top of it the steps that it has not answered yet. When the
 * server has another plan, the steps are made again on it; one that would undo what somebody else did is held until a person
 * decides. No network and no page in here.
 */
import { applied, inverse, isMade } from '#hub/agenda/editor/changes.js';
import { NOTHING, newId } from '#hub/agenda/editor/model.js';
import { clashes, insisted, made, renumbered, stuck, touches, withFirsts } from '#hub/agenda/editor/fitting.js';
import { laidOut } from '#hub/agenda/editor/laid-out.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {{step: Step, reason: 'clash' | 'refused', words: string}} Held `words`: who changed it, or why the server refused */
/** @typedef {{step: Step, clashing: boolean}} Outcome of undo and redo; `clashing`: somebody changed it since, nothing was done */

const REMEMBERED = 200;

export class Draft {
  revision = 0;
  /** What the server has. @type {Content} */
  base = NOTHING;
  /** What is shown. @type {Content} */
  content = NOTHING;
  /** Not answered yet, in order. @type {Step[]} */
  pending = [];
  /** @type {Held[]} */
  held = [];
  /** @type {Step[]} */
  done = [];
  /** @type {Step[]} */
  undone = [];

  /**
   * Take the server's plan, and make the unanswered steps again on it.
   * @param {Content} content
   * @param {number} revision
   * @param {string} [by] who made it
   * @returns {Held[]} the steps that are held since
   */
  rebase(content, revision, by = '') {
    this.base = laidOut(content);
    this.revision = revision;
    const steps = this.pending;
    this.pending = [];
    /** @type {Held[]} */
    const fresh = [];
    let now = this.base;
    for (const step of steps) {
      if (step.changes.every((change) => isMade(now, change))) continue;
      if (clashes(now, step) || touches(fresh, step)) {
        fresh.push({ step, reason: 'clash', words: by });
        continue;
      }
      const fitting = renumbered(now, step);
      this.pending.push(fitting);
      now = laidOut(made(now, fitting));
    }
    this.content = now;
    this.held.push(...fresh);
    return fresh;
  }

  /** The cues that were changed and are not saved yet. */
  get unsaved() {
    return new Set(this.pending.flatMap((step) => step.changes.map((change) => change.id)));
  }

  /**
   * Make a step, or hold it when it was begun on something that somebody changed meanwhile.
   * @param {Step} step
   * @param {string} by who may have changed it
   * @returns {Held | null}
   */
  make(step, by = '') {
    const whole = withFirsts(this.content, step);
    if (stuck(this.content, step)) {
      /** @type {Held} */
      const held = { step, reason: 'clash', words: by };
      this.held.push(held);
      return held;
    }
    this.#add(whole);
    this.done = [...this.done, whole].slice(-REMEMBERED);
    this.undone = [];
    return null;
  }

  /** @returns {Outcome | null} null when there is nothing to undo */
  undo() {
    return this.#back(this.done, this.undone);
  }

  /** @returns {Outcome | null} */
  redo() {
    return this.#back(this.undone, this.done);
  }

  /**
   * The server made the first `count` steps, and this revision of them.
   * @param {number} count
   * @param {number} revision
   */
  confirm(count, revision) {
    for (const step of this.pending.slice(0, count)) this.base = made(this.base, step);
    this.base = laidOut(this.base);
    this.pending = this.pending.slice(count);
    this.revision = revision;
    this.content = this.pending.reduce((now, step) => laidOut(made(now, step)), this.base);
  }

  /**
   * The server refused the first step: hold it, with the reason.
   * @param {string} words
   * @returns {Held}
   */
  refuse(words) {
    const [step, ...others] = this.pending;
    /** @type {Held} */
    const refused = { step, reason: 'refused', words };
    this.pending = others;
    this.done = this.done.filter((one) => one.id !== step.id);
    this.held.push(refused);
    this.rebase(this.base, this.revision);
    return refused;
  }

  /**
   * Decide about a held step: keep mine over what stands now, or let it go.
   * @param {Held} held
   * @param {'mine' | 'theirs'} choice
   */
  decide(held, choice) {
    this.held = this.held.filter((one) => one !== held);
    if (choice === 'theirs') {
      this.done = this.done.filter((one) => one.id !== held.step.id);
      return;
    }
    let now = this.content;
    const changes = held.step.changes.flatMap((change) => {
      const again = insisted(now, change);
      now = again.reduce(applied, now);
      return again;
    });
    if (changes.length > 0) this.#add({ ...held.step, changes });
  }

  /** @param {Step} step */
  #add(step) {
    this.pending = [...this.pending, step];
    this.content = laidOut(made(this.content, step));
  }

  /**
   * @param {Step[]} from
   * @param {Step[]} to
   * @returns {Outcome | null}
   */
  #back(from, to) {
    const step = from.at(-1);
    if (!step) return null;
    const back = { id: newId(), name: step.name, changes: step.changes.map(inverse).reverse() };
    from.pop();
    if (stuck(this.content, back)) return { step, clashing: true };
    this.#add(back);
    to.push(back);
    return { step, clashing: false };
  }
}
