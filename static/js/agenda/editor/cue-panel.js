/** Everything about the selected cue, field by field. */
import { askText, choose } from '#hub/agenda/editor/choose.js';
import { checkField } from '#hub/agenda/editor/field.js';
import { cueFields } from '#hub/agenda/editor/cue-fields.js';
import { findCue, startOf } from '#hub/agenda/editor/model.js';
import { duplicate, insert, move, remove } from '#hub/agenda/editor/row-keys.js';
import { moveCue, nameOf, setFields, splitCue } from '#hub/agenda/editor/steps.js';
import { parseDuration, writeDuration } from '#hub/agenda/editor/duration.js';
import { problemsAt } from '#hub/agenda/editor/problems.js';
import { speakerFields } from '#hub/agenda/editor/speaker-fields.js';
import { notify } from '#hub/web/announce.js';
import { el, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {{commit: () => void, focusCue: (id: string, how?: {edit?: boolean}) => void}} View */

export class CuePanel {
  #space;
  #view;
  /** @type {string | null} */
  #id = null;
  #departments = '';
  #nothing = el('p', { class: 'quiet' }, t('순서를 고르면 여기에서 자세히 고칠 수 있습니다.'));
  #title = el('h2', { class: 'panel-title' });
  #problem = el('p', { class: 'callout small', 'data-kind': 'warn', hidden: true });
  #form = el('div', { class: 'panel-form' });
  /** @type {(cue: Cue) => void} */
  #show = () => {};

  /**
   * @param {Workspace} space
   * @param {() => View} view the sheet or the axis
   */
  constructor(space, view) {
    this.#space = space;
    this.#view = view;
    this.element = el('div', { class: 'cue-panel' }, this.#nothing, this.#title, this.#problem, this.#form);
  }

  /** Put the hand into the first field that is usually meant. */
  focus() {
    const field = /** @type {HTMLElement | null} */ (this.#form.querySelector(`[data-name="title.${this.#space.main}"]`));
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }

  draw() {
    const found = this.#space.cue;
    this.#nothing.hidden = found !== null;
    this.#form.hidden = this.#title.hidden = found === null;
    if (!found) {
      this.#id = null;
      this.#problem.hidden = true;
      return;
    }
    const departments = JSON.stringify(this.#space.content.departments);
    if (found.cue.id !== this.#id || departments !== this.#departments) this.#rebuild(found.cue);
    this.#id = found.cue.id;
    this.#departments = departments;
    setText(this.#title, `${found.cue.number} ${nameOf(found.cue)}`);
    const words = problemsAt(this.#space, found.cue.id);
    setText(this.#problem, words);
    this.#problem.hidden = !words;
    this.#show(found.cue);
  }

  /** @param {Cue} cue */
  #rebuild({ id }) {
    const fields = cueFields(this.#space, id);
    const speakers = speakerFields(this.#space, id);
    const skip = checkField(t('건너뛰기 (진행하지 않고 시간도 차지하지 않습니다)'), (on) =>
      this.#space.make(setFields(this.#space.content, 'cue', id, { skipped: on }, on ? t('건너뛰기: {title}', { title: this.#name(id) }) : t('건너뛰지 않기: {title}', { title: this.#name(id) }))));
    const shown = [...fields.all, speakers, { element: skip.element, show: (/** @type {Cue} */ one) => skip.show(one.skipped) }];
    this.#show = (one) => shown.forEach((part) => part.show(one));
    this.#form.replaceChildren(this.#actions(id), ...fields.groups, speakers.element, skip.element);
  }

  /** @param {string} id */
  #name(id) {
    const cue = findCue(this.#space.content, id)?.cue;
    return cue ? nameOf(cue) : '';
  }

  /** @param {string} id */
  #actions(id) {
    const space = this.#space;
    const button = (/** @type {string} */ words, /** @type {() => void} */ act, keys = '') =>
      el('button', { type: 'button', class: 'button small', onclick: act, title: keys || null, 'aria-keyshortcuts': keys || null }, words);
    return el(
      'div',
      { class: 'panel-actions', role: 'group', 'aria-label': t('순서 작업') },
      button(t('위로'), () => move(space, this.#still(), id, 'up'), 'Alt+ArrowUp'),
      button(t('아래로'), () => move(space, this.#still(), id, 'down'), 'Alt+ArrowDown'),
      space.content.lanes.length > 1 && button(t('다른 구역으로'), () => void this.#toLane(id)),
      button(t('아래에 추가'), () => insert(space, this.#front(), id, findCue(space.content, id)?.lane.id ?? ''), 'Control+Enter'),
      button(t('복제'), () => duplicate(space, this.#front(), id), 'Control+D'),
      button(t('나누기'), () => void this.#split(id)),
      button(t('삭제'), () => remove(space, this.#front(), id), 'Control+Delete'),
    );
  }

  /** A button keeps the focus while its cue moves. @returns {View} */
  #still() {
    return { commit: () => this.#view().commit(), focusCue: () => {} };
  }

  /** The sheet or the axis, in front: on a narrow screen the panel covers it. */
  #front() {
    if (this.#space.narrow) this.#space.closePanel();
    return this.#view();
  }

  /** @param {string} id */
  async #toLane(id) {
    const found = findCue(this.#space.content, id);
    if (!found) return;
    const others = this.#space.content.lanes.filter((lane) => lane.id !== found.lane.id);
    const lane = await choose({
      title: t('다른 구역으로 옮기기'),
      label: t('구역'),
      options: others.map((one) => [one.id, text(one.title)]),
      action: t('옮기기'),
    });
    const target = others.find((one) => one.id === lane);
    if (!target) return;
    const before = target.cues.find((one) => startOf(one) >= startOf(found.cue))?.id ?? null;
    this.#space.make(moveCue(this.#space.content, id, target.id, before));
  }

  /** @param {string} id */
  async #split(id) {
    const cue = findCue(this.#space.content, id)?.cue;
    if (!cue) return;
    const typed = await askText({
      title: t('순서 나누기'),
      body: t('앞 순서의 소요 시간을 적으면 나머지 시간은 새 순서가 됩니다.'),
      label: t('앞 순서의 소요 시간'),
      action: t('나누기'),
      value: writeDuration(Math.round(cue.planned_s / 120) * 60 || cue.planned_s / 2),
      most: 30,
    });
    if (typed === null) return;
    const seconds = parseDuration(typed);
    const split = seconds === null ? null : splitCue(this.#space.content, id, seconds);
    if (!split) return void notify(t('앞 순서는 0보다 길고 {length}보다 짧아야 합니다.', { length: writeDuration(cue.planned_s) }), { kind: 'bad' });
    if (this.#space.make(split.step)) this.#view().focusCue(split.id);
  }
}
