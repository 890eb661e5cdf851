/** All awards of a lane as they are called, folded until somebody opens them; each has its commands. Only those that can be seen are in the page. */
import { isToCome } from '#hub/awards/presence.js';
import { MAIN, menuOf, stepOf } from '#hub/awards/steps.js';
import { levelWords, nameWords, recipientWords, stateWords } from '#hub/awards/words.js';
import { el, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { Windowed } from '#hub/web/windowed.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */

const KINDS = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', skipped: 'open' });
const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
/** @type {readonly AwardDoc[]} */
const NONE = [];
const [FIRST, LAST, PER_INITIAL] = [0xac00, 0xd7a3, 588];

/**
 * The initial consonants of Hangul, everything else as it is: `석용주` is `ㅅㅇㅈ`.
 * @param {string} words
 */
export function initials(words) {
  return [...words].map((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return code >= FIRST && code <= LAST ? INITIALS[Math.floor((code - FIRST) / PER_INITIAL)] : sign;
  }).join('');
}

export class RoundList {
  #act;
  #window;
  /** @type {readonly AwardDoc[]} */
  #awards = [];

  /** @param {(award: AwardDoc, verb: Verb) => void} act */
  constructor(act) {
    this.#act = act;
    const heads = [t('호명 순서'), t('상'), t('수상자'), t('상태'), t('명령')];
    const body = el('tbody');
    const table = el('table', null, el('thead', null, el('tr', null, ...heads.map((head) => el('th', { scope: 'col' }, head)))), body);
    const frame = el('div', { class: 'table-frame', tabindex: 0, role: 'group', 'aria-label': t('이 무대의 모든 상') }, table);
    this.element = el('details', { class: 'awards-all' }, el('summary', null, t('이 무대의 모든 상')), frame);
    this.#window = new Windowed({ frame, body, key: (/** @type {AwardDoc} */ award) => award.id, create: () => this.#row(), update: (row, award) => this.#update(row, award) });
    this.element.addEventListener('toggle', () => this.draw(this.#awards));
  }

  /** @param {readonly AwardDoc[]} awards in calling order */
  draw(awards) {
    this.#awards = awards;
    this.#window.draw(this.element.open ? awards : NONE);
  }

  /**
   * Whether an award is meant by what somebody typed.
   * @param {AwardDoc} award
   * @param {string} words its number in the calling order, a part of the name, or initial consonants from its beginning
   */
  matches(award, words) {
    const typed = words.replaceAll(' ', '');
    if (!typed) return false;
    if (/^[0-9]+$/.test(typed)) return String(award.order) === typed;
    const name = nameWords(award).replaceAll(' ', '');
    return name.toLowerCase().includes(typed.toLowerCase()) || initials(name).startsWith(typed);
  }

  #row() {
    return el('tr', null, el('td', { class: 'number' }), el('td'), el('td'), el('td', { class: 'cluster' }), el('td', null, el('div', { class: 'cluster' })));
  }

  /**
   * @param {Element} row
   * @param {AwardDoc} award
   */
  #update(row, award) {
    const [order, level, recipient, state, commands] = row.children;
    setText(order, String(award.order));
    setText(level, levelWords(award.level));
    setText(recipient, recipientWords(award));
    renderList(state, signs(award), ({ words }) => words, () => el('span', { class: 'badge' }), (badge, { words, kind }) => {
      setText(badge, words);
      badge.setAttribute('data-kind', kind);
    });
    renderList(commands.children[0], [...MAIN, ...menuOf(award)], (verb) => verb, (verb) => this.#button(verb), (button, verb) => this.#updateButton(/** @type {HTMLButtonElement} */ (button), verb, award));
  }

  /** @param {Verb} verb */
  #button(verb) {
    return el('button', { type: 'button', class: 'button small', dataset: { verb } });
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {Verb} verb
   * @param {AwardDoc} award
   */
  #updateButton(button, verb, award) {
    const { words, kind } = stepOf(verb, award);
    const allowed = award.commands?.[verb] === null;
    setText(button, words);
    button.setAttribute('aria-disabled', String(!allowed));
    if (kind) button.dataset.kind = kind;
    button.onclick = () => {
      if (allowed) this.#act(award, verb);
    };
  }
}

/**
 * @param {AwardDoc} award
 * @returns {{words: string, kind: string}[]}
 */
function signs(award) {
  return [
    { words: stateWords(award.state), kind: KINDS[award.state] ?? '' },
    ...(award.deferred && isToCome(award) ? [{ words: t('뒤로 미룸'), kind: 'wait' }] : []),
    ...(award.absent ? [{ words: t('불참'), kind: 'warn' }] : []),
  ];
}
