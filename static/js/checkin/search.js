/** Finding a guest by name, and letting them in without a badge. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

const TYPING_PAUSE_MS = 200;

/** @typedef {import('#hub/live/documents.js').FoundPersonDoc} Found */

/**
 * Wire the search dialog.
 * @param {string} url of the search
 * @param {(person: Found) => void} onChoice
 */
export function searchPanel(url, onChoice) {
  const dialog = need('#search');
  const field = /** @type {HTMLInputElement} */ (need('#search-field'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const choose = (/** @type {Found} */ person) => {
    /** @type {HTMLDialogElement} */ (dialog).close();
    onChoice(person);
  };
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void look(url, field, choose), TYPING_PAUSE_MS);
  });
  need('#search-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void look(url, field, choose);
  });
  need('#search-open').addEventListener('click', () => {
    /** @type {HTMLDialogElement} */ (dialog).showModal();
    field.select();
  });
  need('#search-close').addEventListener('click', () => /** @type {HTMLDialogElement} */ (dialog).close());
}

/**
 * @param {string} url
 * @param {HTMLInputElement} field
 * @param {(person: Found) => void} choose
 */
async function look(url, field, choose) {
  const wanted = field.value.trim();
  const found = wanted ? await ask(url, wanted) : { guests: [], more: false, words: '' };
  if (field.value.trim() !== wanted) return;
  renderList(need('#search-found'), found.guests, (person) => `${person.guest} ${person.place}`, (person) => row(person, choose));
  setText(need('#search-status'), found.words);
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

/**
 * @param {Found} person
 * @param {(person: Found) => void} choose
 */
function row(person, choose) {
  const about = [text(person.group?.label), person.organisation, person.seat && t('좌석 {seat}', { seat: person.seat })];
  return el(
    'li',
    null,
    el(
      'button',
      { type: 'button', class: 'found', onclick: () => choose(person) },
      el('strong', null, text(person.name)),
      el('span', { class: 'found-place', dataset: { place: person.place ?? '' } }, placeWords(person.place)),
      el('span', { class: 'found-about' }, about.filter(Boolean).join(' · ')),
    ),
  );
}

/** @param {string | null} place */
function placeWords(place) {
  if (place === 'hall') return t('입장함');
  return place === 'remote' ? t('온라인 접속 중') : t('아직 입장 전');
}
