/** All awards of a lane as they are called, folded until somebody opens them; each has its commands. */
import { isToCome } from '#hub/awards/presence.js';
import { MAIN, menuOf, stepOf } from '#hub/awards/steps.js';
import { levelWords, nameWords, recipientWords, stateWords } from '#hub/awards/words.js';
import { el, renderList } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */

const KINDS = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', skipped: 'open' });
const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
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
  #rows = el('tbody');
  /** @type {AwardDoc[]} */
  #awards = [];

  /** @param {(award: AwardDoc, verb: Verb) => void} act */
  constructor(act) {
    this.#act = act;
    const heads = [t('호명 순서'), t('상'), t('수상자'), t('상태'), t('명령')];
    const table = el('table', null, el('thead', null, el('tr', null, ...heads.map((head) => el('th', { scope: 'col' }, head)))), this.#rows);
    const frame = el('div', { class: 'table-frame', tabindex: 0, role: 'group', 'aria-label': t('이 무대의 모든 상') }, table);
    this.element = el('details', { class: 'awards-all' }, el('summary', null, t('이 무대의 모든 상')), frame);
    this.element.addEventListener('toggle', () => this.draw(this.#awards));
  }

  /** @param {AwardDoc[]} awards in calling order */
  draw(awards) {
    this.#awards = awards;
    renderList(this.#rows, this.element.open ? awards : [], (award) => JSON.stringify(award), (award) => this.#row(award));
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

  /** @param {AwardDoc} award */
  #row(award) {
    return el(
      'tr',
      null,
      el('td', { class: 'number' }, String(award.order)),
      el('td', null, levelWords(award.level)),
      el('td', null, recipientWords(award)),
      el(
        'td',
        { class: 'cluster' },
        el('span', { class: 'badge', 'data-kind': KINDS[award.state] ?? '' }, stateWords(award.state)),
        award.deferred && isToCome(award) && el('span', { class: 'badge', 'data-kind': 'wait' }, t('뒤로 미룸')),
        award.absent && el('span', { class: 'badge', 'data-kind': 'warn' }, t('불참')),
      ),
      el('td', null, el('div', { class: 'cluster' }, ...[...MAIN, ...menuOf(award)].map((verb) => this.#button(award, verb)))),
    );
  }

  /**
   * @param {AwardDoc} award
   * @param {Verb} verb
   */
  #button(award, verb) {
    const onclick = () => {
      if (award.commands?.[verb] === null) this.#act(award, verb);
    };
    const allowed = award.commands?.[verb] === null;
    const { words, kind } = stepOf(verb, award);
    return el('button', { type: 'button', class: 'button small', dataset: { verb }, 'aria-disabled': String(!allowed), 'data-kind': kind, onclick }, words);
  }
}
