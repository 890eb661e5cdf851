/**
 * A labelled field of the panels that commits by itself: when the hand leaves it, or chose something. It shows what others
 * change, except over what the hand is typing.
 */
import { el } from '#hub/web/dom.js';

/**
 * @typedef {{label: string, commit: (typed: string, seen: string) => string, type?: 'text' | 'textarea' | 'select' | 'datetime-local' | 'color',
 *   hint?: string, lang?: string, most?: number, options?: () => [string, string][], name?: string, placeholder?: string}} Spec `commit` returns why it was
 *   refused; `seen` is what the field showed when the hand began; `options`: value and words
 */

let fields = 0;

export class Field {
  #spec;
  #seen = '';
  #input;
  #error = el('span', { class: 'field-error', role: 'alert' });

  /** @param {Spec} spec */
  constructor(spec) {
    this.#spec = spec;
    fields += 1;
    const id = `field-${fields}`;
    const props = { id, maxlength: spec.most, lang: spec.lang, placeholder: spec.placeholder, autocomplete: 'off', 'data-name': spec.name, 'aria-describedby': spec.hint ? `${id}-hint` : null };
    this.#input = inputOf(spec.type ?? 'text', props);
    // A date and time changes with every digit: it is meant once the hand leaves it.
    this.#input.addEventListener(spec.type === 'datetime-local' ? 'blur' : 'change', () => this.commit());
    this.#input.addEventListener('keydown', (event) => this.#keydown(/** @type {KeyboardEvent} */ (event)));
    this.element = el(
      'div',
      { class: 'field' },
      el('label', { for: id }, spec.label),
      this.#input,
      spec.hint && el('span', { class: 'field-hint', id: `${id}-hint` }, spec.hint),
      this.#error,
    );
  }

  get input() {
    return this.#input;
  }

  /** @param {string} value */
  show(value) {
    if (this.#spec.options) this.#offer(this.#spec.options());
    if (document.activeElement === this.#input && this.#input.value !== this.#seen) return;
    this.#seen = value;
    if (this.#input.value !== value) this.#input.value = value;
    this.#refuse('');
  }

  /** Commit what is typed. */
  commit() {
    const typed = this.#input.value;
    if (typed === this.#seen) return this.#refuse('');
    const words = this.#spec.commit(typed, this.#seen);
    this.#refuse(words);
    if (!words) this.#seen = typed;
  }

  /** @param {string} words */
  #refuse(words) {
    if (this.#error.textContent !== words) this.#error.textContent = words;
    if (words) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
  }

  /** @param {[string, string][]} options */
  #offer(options) {
    const select = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (this.#input));
    const known = [...select.options].map(({ value, text }) => `${value}\n${text}`).join('\f');
    if (known === options.map(([value, words]) => `${value}\n${words}`).join('\f')) return;
    const chosen = select.value;
    select.replaceChildren(...options.map(([value, words]) => el('option', { value }, words)));
    select.value = chosen;
  }

  /** @param {KeyboardEvent} event */
  #keydown(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && this.#input instanceof HTMLInputElement) this.commit();
    if (event.key === 'Escape' && this.#input.value !== this.#seen) {
      event.stopPropagation();
      this.#input.value = this.#seen;
      this.#refuse('');
    }
  }
}

/**
 * A check box that commits by itself.
 * @param {string} label
 * @param {(on: boolean) => void} commit
 */
export function checkField(label, commit) {
  const input = el('input', { type: 'checkbox' });
  input.addEventListener('change', () => commit(input.checked));
  const element = el('label', { class: 'choice' }, input, el('span', null, label));
  return { element, show: (/** @type {boolean} */ on) => void (input.checked = on) };
}

/**
 * @param {NonNullable<Spec['type']>} type
 * @param {Record<string, unknown>} props
 * @returns {HTMLInputElement | HTMLTextAreaElement}
 */
function inputOf(type, props) {
  if (type === 'textarea') return el('textarea', { ...props, rows: 2 });
  if (type === 'select') return /** @type {any} */ (el('select', { ...props, maxlength: null, autocomplete: null }));
  return el('input', { ...props, type, maxlength: type === 'text' ? /** @type {number} */ (props.maxlength) : null, step: type === 'datetime-local' ? 1 : null });
}
