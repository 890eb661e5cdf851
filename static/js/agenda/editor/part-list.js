/** A list of segments, lanes or departments in the panel: a line for each that opens, with buttons that order and remove. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{element: Element, show: (part: any) => void}} Shown */
/**
 * @template {{id: string}} P
 * @typedef {{title: string, add: string, onAdd: () => void, name: (part: P) => string, note: (part: P) => string,
 *   body: (part: P) => Shown[], shift: (part: P, by: -1 | 1) => void, remove: (part: P) => void}} Spec
 */

/** @template {{id: string}} P */
export class PartList {
  #spec;
  #add;
  #list = el('ol', { class: 'parts' });
  /** @type {Map<string, Shown[]>} */
  #bodies = new Map();
  /** @type {Map<string, P>} */
  #known = new Map();

  /** @param {Spec<P>} spec */
  constructor(spec) {
    this.#spec = spec;
    this.#add = el('button', { type: 'button', class: 'button small', onclick: spec.onAdd }, spec.add);
    this.element = el(
      'section',
      { class: 'part-list' },
      el('h2', { class: 'panel-title' }, spec.title),
      this.#list,
      this.#add,
    );
  }

  /** @param {P[]} parts */
  draw(parts) {
    const focused = document.activeElement;
    const here = this.#list.contains(focused);
    renderList(this.#list, parts, (part) => part.id, (part) => this.#make(part), (item, part) => this.#draw(item, part, parts));
    if (!here || focused === document.activeElement) return;
    if (focused instanceof HTMLElement && this.#list.contains(focused)) focused.focus({ preventScroll: true });
    else this.#add.focus();
  }

  /**
   * Open a part's line and put the hand into its first field.
   * @param {string} id
   */
  open(id) {
    const details = /** @type {HTMLDetailsElement | null} */ (this.#list.querySelector(`[data-part="${id}"]`));
    if (!details) return;
    details.open = true;
    this.#fill(details, id);
    const input = /** @type {HTMLInputElement | null} */ (details.querySelector('input, select'));
    input?.focus();
    input?.select?.();
  }

  /** @param {P} part */
  #make(part) {
    const { shift, remove } = this.#spec;
    const act = (/** @type {(part: P) => void} */ what) => () => {
      const now = this.#known.get(part.id);
      if (now) what(now);
    };
    const button = (/** @type {string} */ words, /** @type {string} */ name, /** @type {() => void} */ pressed) =>
      el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', dataset: { act: name }, onclick: pressed }, words);
    const details = el(
      'details',
      { class: 'part', dataset: { part: part.id } },
      el('summary', null, el('span', { class: 'part-name' }), el('span', { class: 'part-note quiet small figure' })),
      el('div', { class: 'part-body panel-form' }),
      el(
        'div',
        { class: 'part-actions cluster' },
        button(t('위로'), 'up', act((now) => shift(now, -1))),
        button(t('아래로'), 'down', act((now) => shift(now, 1))),
        button(t('삭제'), 'remove', act(remove)),
      ),
    );
    details.addEventListener('toggle', () => details.open && this.#fill(details, part.id));
    return el('li', null, details);
  }

  /**
   * @param {HTMLDetailsElement} details
   * @param {string} id
   */
  #fill(details, id) {
    const part = this.#known.get(id);
    if (!part || this.#bodies.has(id)) return;
    const body = this.#spec.body(part);
    this.#bodies.set(id, body);
    need('.part-body', details).replaceChildren(...body.map((one) => one.element));
    body.forEach((one) => one.show(part));
  }

  /**
   * @param {Element} item
   * @param {P} part
   * @param {P[]} parts
   */
  #draw(item, part, parts) {
    this.#known.set(part.id, part);
    const { name, note } = this.#spec;
    setText(need('.part-name', item), name(part));
    setText(need('.part-note', item), note(part));
    const buttons = { up: part !== parts[0], down: part !== parts.at(-1), remove: true };
    for (const [act, on] of Object.entries(buttons)) {
      const button = need(`[data-act="${act}"]`, item);
      button.setAttribute('aria-disabled', String(!on));
      button.setAttribute('aria-label', `${button.textContent}: ${name(part)}`);
    }
    this.#bodies.get(part.id)?.forEach((one) => one.show(part));
  }
}
