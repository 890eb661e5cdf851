/** Dialogs at the door: a heading that has the focus, so that no key of a scanner answers them, and a line for what went wrong. */
import { phaseWords } from '#hub/web/command-words.js';
import { send } from '#hub/web/commands.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/dom.js').Child} Child */
/** @typedef {import('#hub/web/commands.js').Answer} Answer */

let numbers = 0;

/**
 * Open a dialog with a form; closing it takes it away.
 * @param {{title: string, content: Child[], action?: {words: string, run: (dialog: DoorDialog) => void | Promise<void>}, others?: Child[], keep?: string}} what
 *   `keep`: words of the button that closes it
 */
export function openDoorDialog(what) {
  return new DoorDialog(what);
}

export class DoorDialog {
  #dialog;
  #problem = el('p', { class: 'door-problem', role: 'alert' });
  /** @type {HTMLButtonElement | null} */
  #button = null;

  /** @param {Parameters<typeof openDoorDialog>[0]} what */
  constructor({ title, content, action, others = [], keep = t('닫기') }) {
    const id = `door-title-${(numbers += 1)}`;
    if (action) this.#button = el('button', { class: 'button', 'data-kind': 'primary' }, action.words);
    const close = el('button', { type: 'button', class: 'button', 'data-kind': 'quiet', onclick: () => this.close() }, keep);
    const form = el(
      'form',
      { method: 'dialog', class: 'stack', autocomplete: 'off' },
      el('h2', { id, tabindex: -1, autofocus: true }, title),
      ...content,
      this.#problem,
      el('div', { class: 'actions' }, this.#button, ...others, close),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void action?.run(this);
    });
    this.#dialog = el('dialog', { class: 'ask door', 'aria-labelledby': id }, form);
    this.#dialog.addEventListener('close', () => this.#dialog.remove());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  close() {
    this.#dialog.close();
  }

  /** @param {string} words */
  say(words) {
    setText(this.#problem, words);
  }

  /** @param {string} words of the button that acts */
  name(words) {
    if (this.#button) setText(this.#button, words);
  }

  /**
   * Send a command, once at a time; what goes wrong is said in the dialog. Null: one is still under way.
   * @param {string} url
   * @param {Record<string, unknown>} body
   * @param {string[]} [asked] codes of refusals that are asked about and not said
   * @returns {Promise<Answer | null>}
   */
  async send(url, body, asked = []) {
    if (!this.#button || this.#button.getAttribute('aria-busy') === 'true') return null;
    this.#button.setAttribute('aria-busy', 'true');
    this.say('');
    const command = send(url, body, { onPhase: (sent) => sent.phase === 'retrying' && this.say(phaseWords(sent)) });
    const answer = await command.settled;
    this.#button.removeAttribute('aria-busy');
    if (!answer) this.say('');
    else if (!answer.ok && !asked.includes(answer.code)) this.say(answer.message);
    else this.say('');
    return answer;
  }
}

/**
 * A field with its label.
 * @param {string} words
 * @param {HTMLElement} field
 * @param {string} [note]
 */
export function labelled(words, field, note) {
  return el('label', { class: 'field' }, el('span', null, words), field, note && el('small', { class: 'quiet' }, note));
}
