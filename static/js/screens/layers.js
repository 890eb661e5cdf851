/** What an operator lays over the stage of a lane: its words, its buttons on the console, and the text that is asked for. */
import { answered } from '#hub/web/ask.js';
import { el, setText } from '#hub/web/dom.js';
import { lang, t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').LayerKind} LayerKind */
/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/live/store.js').Store} Store */

/** @type {LayerKind[]} */
const KINDS = ['blackout', 'logo', 'text', 'applause', 'photo'];
const KEYS = /** @type {Partial<Record<LayerKind, string>>} */ ({ blackout: '⇧K', logo: '⇧L' });

/** @param {LayerKind | null | undefined} kind null: nothing */
export function layerWords(kind) {
  switch (kind) {
    case 'blackout':
      return t('암전');
    case 'logo':
      return t('행사 이름');
    case 'text':
      return t('글');
    case 'applause':
      return t('박수');
    case 'photo':
      return t('기념 촬영');
    default:
      return t('덮은 화면 걷기');
  }
}

/** The buttons that lay something over the stage of one lane; pressing the one that lies there takes it away. */
export class LayerButtons {
  #parts;
  #buttons;

  /** @param {{store: Store, commands: LaneCommands, lane: string}} parts `lane`: its id */
  constructor(parts) {
    this.#parts = parts;
    this.#buttons = new Map(KINDS.map((kind) => [kind, this.#button(kind)]));
    this.element = el('div', { class: 'stage-layers', role: 'group', 'aria-label': t('무대 화면 덮기') }, ...this.#buttons.values());
  }

  draw() {
    const lying = this.#parts.store.get(`layer/${this.#parts.lane}`)?.layer ?? null;
    for (const [kind, button] of this.#buttons) button.setAttribute('aria-pressed', String(kind === lying));
  }

  /**
   * Lay something over the stage, or take it away when it lies there.
   * @param {LayerKind} kind
   */
  async press(kind) {
    const { store, commands, lane } = this.#parts;
    const layer = store.get(`layer/${lane}`)?.layer === kind ? null : kind;
    if (!commands.accepts(lane, `layer-${kind}`)) return;
    const seen = store.head;
    const text = layer === 'text' ? await askText() : null;
    if (layer === 'text' && !text) return;
    commands.send(lane, `layer-${kind}`, { command: 'layer', path: 'screens/layer', body: { layer, ...(text && { text }) } }, seen);
  }

  /** @param {LayerKind} kind */
  #button(kind) {
    const words = el('span', null);
    setText(words, layerWords(kind));
    const button = el('button', { type: 'button', class: 'button small', 'aria-pressed': 'false', dataset: { layer: kind } }, words, KEYS[kind] && el('kbd', { 'aria-hidden': 'true' }, KEYS[kind]));
    button.addEventListener('click', (event) => {
      if (event.detail > 0) button.blur();
      void this.press(kind);
    });
    return button;
  }
}

/** @returns {Promise<Record<string, string> | null>} the words in the page's language; null when there are none */
function askText() {
  const field = el('input', { id: 'layer-text', class: 'input', maxlength: 200, required: true, autocomplete: 'off' });
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'layer-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'layer-title' }, t('무대에 글 띄우기')),
      el('div', { class: 'field' }, el('label', { for: 'layer-text' }, t('글')), field),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', value: 'yes', 'data-kind': 'primary' }, t('띄우기')),
        el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('취소')),
      ),
    ),
  );
  const answer = answered(dialog);
  field.focus();
  return answer.then((value) => (value === 'yes' && field.value.trim() ? { [lang()]: field.value.trim() } : null));
}
