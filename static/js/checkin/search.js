/** Finding a guest by name: a tap shows the person, and only a second one lets them in. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { details } from '#hub/checkin/verdict-words.js';

const TYPING_PAUSE_MS = 200;

/** @typedef {import('#hub/live/documents.js').FoundPersonDoc} Found */
/** @typedef {import('#hub/checkin/direction.js').Way} Way */
/**
 * @typedef {{onChoice: (person: Found) => void, way: () => Way, words: () => import('#hub/checkin/words/vocabulary.js').Vocabulary, more?: ((person: Found, close: () => void) => Node[])[]}} Use
 *   `words` of the gate; `more` makes further buttons for a person
 */

export class SearchPanel {
  #url;
  #use;
  #dialog = /** @type {HTMLDialogElement} */ (need('#search'));
  #field = /** @type {HTMLInputElement} */ (need('#search-field'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** @type {HTMLElement | null} */
  #from = null;

  /**
   * @param {string} url of the search
   * @param {Use} use
   */
  constructor(url, use) {
    this.#url = url;
    this.#use = use;
    this.#field.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => void this.#look(), TYPING_PAUSE_MS);
    });
    need('#search-form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#look();
    });
    need('#search-open').addEventListener('click', () => this.open());
    need('#search-close').addEventListener('click', () => this.#dialog.close());
    need('#found-back').addEventListener('click', () => this.#showList());
  }

  /** Open the search, with the list as it was. */
  open() {
    this.#showList();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#field.select();
    this.#field.focus();
  }

  async #look() {
    const wanted = this.#field.value.trim();
    const found = wanted ? await ask(this.#url, wanted) : { guests: [], more: false, words: '' };
    if (this.#field.value.trim() !== wanted) return;
    const twins = namesakes(found.guests);
    renderList(
      need('#search-found'),
      found.guests,
      (person) => `${person.guest} ${person.place} ${twins.has(person.guest)}`,
      (person) => this.#row(person, twins.has(person.guest)),
    );
    setText(need('#search-status'), found.words);
  }

  /**
   * @param {Found} person
   * @param {boolean} numbered whether only the number tells them apart
   */
  #row(person, numbered) {
    const about = [person.organisation, text(person.group?.label), person.seat && t('좌석 {seat}', { seat: person.seat }), numbered && t('번호 {number}', { number: person.number })];
    return el(
      'li',
      null,
      el(
        'button',
        { type: 'button', class: 'found', onclick: (/** @type {Event} */ event) => this.#showPerson(person, /** @type {HTMLElement} */ (event.currentTarget)) },
        el('strong', null, text(person.name)),
        placeOf(person.place),
        el('span', { class: 'found-about' }, about.filter(Boolean).join(' · ')),
      ),
    );
  }

  /**
   * @param {Found} person
   * @param {HTMLElement} from the row that was tapped
   */
  #showPerson(person, from) {
    this.#from = from;
    setText(need('#found-name'), text(person.name));
    need('#found-place').replaceChildren(placeOf(person.place));
    /** @type {[string, string][]} */
    const lines = [...details(person), [t('번호'), person.number]];
    need('#found-lines').replaceChildren(...lines.map(([what, words]) => el('div', null, el('dt', null, what), el('dd', null, words))));
    need('#found-actions').replaceChildren(...this.#actions(person));
    this.#turn(true);
    need('#found-name').focus();
  }

  /** @param {Found} person */
  #actions(person) {
    const close = () => this.#dialog.close();
    const choose = () => {
      close();
      this.#use.onChoice(person);
    };
    const more = (this.#use.more ?? []).flatMap((make) => make(person, close));
    return [el('button', { type: 'button', class: 'button', 'data-kind': 'primary', onclick: choose }, this.#use.words().pass(this.#use.way() === 'out')), ...more];
  }

  #showList() {
    this.#turn(false);
    this.#from?.focus();
    this.#from = null;
  }

  /** @param {boolean} toPerson */
  #turn(toPerson) {
    need('#search-list').hidden = toPerson;
    need('#found-person').hidden = !toPerson;
  }
}

/**
 * The guests who look the same in the list: one name, organisation, group and seat.
 * @param {Found[]} guests
 * @returns {Set<string>} their ids
 */
export function namesakes(guests) {
  const looks = (/** @type {Found} */ { name, organisation, group, seat }) => JSON.stringify([text(name), organisation, group?.id ?? null, seat]);
  const counted = new Map();
  for (const guest of guests) counted.set(looks(guest), (counted.get(looks(guest)) ?? 0) + 1);
  return new Set(guests.filter((guest) => counted.get(looks(guest)) > 1).map(({ guest }) => guest));
}

/**
 * @param {string} url
 * @param {string} wanted
 * @returns {Promise<{guests: Found[], more: boolean, words: string}>}
 */
async function ask(url, wanted) {
  try {
    const response = await fetch(`${url}?${new URLSearchParams({ q: wanted })}`, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(String(response.status));
    const found = await response.json();
    return { ...found, words: wording(found) };
  } catch {
    return { guests: [], more: false, words: t('찾지 못했습니다. 연결을 확인하고 다시 시도해 주세요.') };
  }
}

/** @param {{guests: Found[], more: boolean}} found */
function wording({ guests, more }) {
  if (guests.length === 0) return t('찾는 사람이 명단에 없습니다.');
  return more ? t('{n}명까지만 보입니다. 더 자세히 적어 주세요.', { n: guests.length }) : t('{n}명', { n: guests.length });
}

/** @param {string | null} place */
function placeOf(place) {
  return el('span', { class: 'found-place', dataset: { place: place ?? '' } }, placeWords(place));
}

/** @param {string | null} place */
function placeWords(place) {
  if (place === 'hall') return t('입장함');
  return place === 'remote' ? t('온라인 접속 중') : t('아직 입장 전');
}
