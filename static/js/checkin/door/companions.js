/** People who came together, chosen and let in together: each gets a scan and a card of their own. */
import { openDoorDialog } from '#hub/checkin/door/dialog.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/door/door.js').Door} Door */
/** @typedef {import('#hub/live/documents.js').FoundPersonDoc} Found */
/** @typedef {import('#hub/live/documents.js').PersonDoc} Person */

/**
 * Show who may have come with a guest; they and their party are chosen, as far as they are not in the hall.
 * @param {Door} door
 * @param {Person} person
 */
export async function companions(door, person) {
  const found = await load(`${door.api}/companions/${person.guest}`);
  const boxes = (found ?? []).map((one) => ({ person: one, box: el('input', { type: 'checkbox', checked: belongs(one, person) && one.place !== 'hall' }) }));
  const chosen = () => boxes.filter(({ box }) => box.checked).map((one) => one.person.guest);
  const dialog = openDoorDialog({
    title: t('{name} 님 일행', { name: text(person.name) }),
    content: [
      el('p', { class: 'quiet' }, words(found, person)),
      el('ul', { class: 'door-companions' }, ...boxes.map(({ person: one, box }) => el('li', null, el('label', null, box, el('span', null, el('strong', { dir: 'auto' }, text(one.name)), ' ', el('small', null, about(one, person))))))),
    ],
    action: {
      words: together(door, chosen().length),
      run: () => {
        if (chosen().length === 0) return dialog.say(t('함께 온 사람을 고르세요.'));
        dialog.close();
        chosen().forEach(door.admit);
      },
    },
    others: [
      boxes.length > 1 &&
        el('button', { type: 'button', class: 'button', onclick: () => choose(true) }, t('모두 고르기')),
    ],
  });
  for (const { box } of boxes) box.addEventListener('change', count);

  /** @param {boolean} all */
  function choose(all) {
    for (const { person: one, box } of boxes) box.checked = all && one.place !== 'hall';
    count();
  }

  function count() {
    dialog.say('');
    dialog.name(together(door, chosen().length));
  }
}

/**
 * @param {Door} door
 * @param {number} n how many people
 */
function together(door, n) {
  return door.counts() ? t('{n}명 확인하기', { n }) : t('{n}명 입장시키기', { n });
}

/**
 * @param {string} url
 * @returns {Promise<Found[] | null>} null when there was no answer
 */
async function load(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' } });
    return response.ok ? (await response.json()).guests : null;
  } catch {
    return null;
  }
}

/**
 * @param {Found} one
 * @param {Person} person
 */
function belongs(one, person) {
  return one.guest === person.guest || (person.party !== null && one.party?.name === person.party.name);
}

/**
 * @param {Found[] | null} found
 * @param {Person} person
 */
function words(found, person) {
  if (!found) return t('찾지 못했습니다. 연결을 확인하고 다시 시도해 주세요.');
  if (found.length === 1) return t('같은 소속의 현장 참석자가 없습니다.');
  if (person.party) return t('일행 ‘{party}’입니다. 함께 온 사람만 남기세요.', { party: person.party.name });
  return t('{organisation}의 현장 참석자입니다. 함께 온 사람을 고르세요.', { organisation: person.organisation ?? '' });
}

/**
 * @param {Found} one
 * @param {Person} person
 */
function about(one, person) {
  const { group, seat, number, place } = one;
  const parts = [one.guest !== person.guest && belongs(one, person) && t('일행'), text(group?.label), seat && t('좌석 {seat}', { seat }), t('번호 {number}', { number }), place === 'hall' && t('입장함')];
  return parts.filter(Boolean).join(' · ');
}
