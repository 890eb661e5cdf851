/** What all parts of the editor work on: the draft and its saver, what is selected, and the one way to make a step. */
import { problemsOf } from '#hub/agenda/editor/problems.js';
import { findCue } from '#hub/agenda/editor/model.js';
import { announce, notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/draft.js').Draft} Draft */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {import('#hub/agenda/editor/model.js').Room} Room */
/**
 * @typedef {{conf: string, zone: string, languages: ('ko' | 'en')[], kinds: {value: string, label: string}[], startsAt: string,
 *   endsAt: string, actor: string}} Settings `languages`: of the conference, the main one first
 */
/** @typedef {{actor: string, label: string, at: string | null}} Other somebody else who has the editor open */

export class Workspace {
  /** The selected cue. @type {string | null} */
  selected = null;
  /** The lane shown alone; null shows all. @type {string | null} */
  lane = null;
  /** Whether the screen is a phone's. */
  narrow = false;
  /** Opens the fields of the selected cue. */
  details = () => {};
  closePanel = () => {};
  /** @type {Room[]} */
  rooms = [];
  /** @type {Other[]} */
  others = [];
  /** The cues that are not saved yet. @type {Set<string>} */
  unsaved = new Set();
  /** Awards of each cue, and how long one takes. @type {Record<string, {count: number, pace_s: number}>} */
  loads = {};
  /** The days of the conference. */
  days = { begin: '', end: '' };
  /** Who made the newest revision that is not ours. */
  by = '';
  /** Puts the hand on a cue, ready to be named. @type {(id: string) => void} */
  reveal = () => {};
  closeNotice = () => {};
  /** Puts the hand on what was held. */
  showHeld = () => {};
  /** Puts the hand where a plan begins: there is no lane any more. */
  nothingLeft = () => {};
  #draw;
  #save;

  /**
   * @param {Draft} draft
   * @param {Settings} settings
   * @param {{draw: () => void, save: () => void}} effects
   */
  constructor(draft, settings, { draw, save }) {
    this.draft = draft;
    this.days = { begin: settings.startsAt, end: settings.endsAt };
    this.settings = settings;
    this.#draw = draw;
    this.#save = save;
  }

  get content() {
    return this.draft.content;
  }

  /** The language that every text needs. */
  get main() {
    return this.settings.languages[0];
  }

  /** The lanes that are shown. */
  get lanes() {
    const chosen = this.content.lanes.filter((lane) => lane.id === this.lane);
    return chosen.length > 0 ? chosen : this.content.lanes;
  }

  /** Draw everything again. */
  draw() {
    this.#draw();
  }

  /**
   * Make a step, and say it and what is odd since.
   * @param {Step | null} step null: nothing to do
   * @returns {boolean} whether it was made
   */
  make(step) {
    if (!step) return false;
    const known = new Set(problemsOf(this).map(({ key, words }) => `${key} ${words}`));
    const held = this.draft.make(step, this.by);
    const [odd] = problemsOf(this).filter(({ key, words }) => !known.has(`${key} ${words}`));
    if (held) this.sayHeld(step.name);
    else announce([step.name, odd && `${odd.where}: ${odd.words}`].filter(Boolean).join('. '));
    this.#save();
    this.draw();
    return !held;
  }

  /**
   * Say that a step was held; the notice goes when it is decided.
   * @param {string} name
   */
  sayHeld(name) {
    this.closeNotice();
    this.closeNotice = notify(t('{name}: 저장하지 않았습니다. 위에서 골라 주세요.', { name }), { kind: 'bad', action: { words: t('보기'), act: () => this.showHeld() } });
  }

  undo() {
    this.#back(this.draft.undo(), t('실행 취소'), t('실행 취소할 것이 없습니다.'));
  }

  redo() {
    this.#back(this.draft.redo(), t('다시 실행'), t('다시 실행할 것이 없습니다.'));
  }

  /** @param {string | null} id */
  select(id) {
    if (this.selected === id) return;
    this.selected = id;
    this.draw();
  }

  /** The selected cue, while it exists. */
  get cue() {
    return this.selected === null ? null : findCue(this.content, this.selected);
  }

  /**
   * Text in the main language.
   * @param {string} words
   */
  textOf(words) {
    return { ko: '', en: '', [this.main]: words };
  }

  /**
   * @param {import('#hub/agenda/editor/draft.js').Outcome | null} outcome
   * @param {string} verb
   * @param {string} nothing
   */
  #back(outcome, verb, nothing) {
    if (!outcome) return announce(nothing);
    if (outcome.clashing) notify(t('{name}: 그 뒤에 다른 사람이 바꿔서 되돌리지 않았습니다.', { name: outcome.step.name }), { kind: 'bad' });
    else announce(`${verb}: ${outcome.step.name}`);
    this.#save();
    this.draw();
  }
}

/** @type {WeakMap<Other[], Map<string, string>>} */
const places = new WeakMap();

/**
 * The cues that others look at, with their names.
 * @param {Other[]} others
 * @returns {Map<string, string>}
 */
export function whereOthersAre(others) {
  const known = places.get(others);
  if (known) return known;
  /** @type {Map<string, string>} */
  const found = new Map();
  places.set(others, found);
  for (const { at, label } of others) if (at) found.set(at, [found.get(at), label].filter(Boolean).join(', '));
  return found;
}
