/** What staff do at the door for a person beside letting them in, from the search: companions, a new badge, another seat, a walk-in. */
import { showBadge } from '#hub/checkin/door/badge.js';
import { companions } from '#hub/checkin/door/companions.js';
import { labelled, openDoorDialog } from '#hub/checkin/door/dialog.js';
import { walkIn } from '#hub/checkin/door/walk-in.js';
import { notify } from '#hub/web/announce.js';
import { el, need } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').FoundPersonDoc} Found */
/**
 * @typedef {object} Door
 * @property {string} conf
 * @property {string} api
 * @property {{id: string, label: import('#hub/web/i18n.js').Text}[]} groups that a walk-in may belong to
 * @property {{version: number, words: string, until: string}} notice what people are told about their data, and until when these are kept (words, empty: not said)
 * @property {string} zone IANA name of the event's zone
 * @property {() => string | null} gate that was chosen
 * @property {(guest: string) => void} admit
 * @property {() => import('#hub/checkin/words/vocabulary.js').Vocabulary} words of the gate
 * @property {(guest: string) => ReturnType<import('#hub/checkin/queue/roster.js').Roster['company']>} listed who comes with a guest by the list of this device; null: it has none
 */

/**
 * Make the button that registers a walk-in, in the search dialog.
 * @param {Door} door
 */
export function offerWalkIn(door) {
  const search = /** @type {HTMLDialogElement} */ (need('#search'));
  const wanted = /** @type {HTMLInputElement} */ (need('#search-field'));
  const button = need('#walk-in');
  button.hidden = false;
  button.addEventListener('click', () => walkIn(door, wanted.value.trim(), () => search.close()));
}

/**
 * The buttons for a person whom the search found.
 * @param {Door} door
 * @returns {(person: Found, close: () => void) => Node[]}
 */
export function doorActs(door) {
  return (person, close) => [
    button(t('일행과 함께'), () => {
      close();
      void companions(door, { guest: person.guest, name: text(person.name) });
    }),
    button(t('명찰 새로 발급'), () => {
      close();
      newBadge(door, person);
    }),
    button(t('좌석 바꾸기'), () => {
      close();
      newSeat(door, person);
    }),
  ];
}

/**
 * @param {Door} door
 * @param {Found} person
 */
function newBadge(door, person) {
  openDoorDialog({
    title: t('{name} 님의 명찰을 새로 발급할까요?', { name: text(person.name) }),
    content: [el('p', null, t('앞의 명찰은 더는 쓸 수 없습니다.'))],
    action: {
      words: t('새로 발급'),
      run: async (dialog) => {
        const answer = await dialog.send(`${door.api}/badge`, { guest: person.guest });
        if (!answer?.ok) return;
        dialog.close();
        showBadge(door, answer.data.person, t('새 명찰을 발급했습니다'));
      },
    },
    keep: t('그대로 두기'),
  });
}

/**
 * @param {Door} door
 * @param {Found} person
 */
function newSeat(door, person) {
  const field = el('input', { class: 'input', type: 'text', maxlength: 200, value: person.seat ?? '', autocomplete: 'off' });
  openDoorDialog({
    title: t('{name} 님의 좌석', { name: text(person.name) }),
    content: [labelled(t('좌석'), field, t('비우면 좌석이 없어집니다.'))],
    action: {
      words: t('좌석 바꾸기'),
      run: async (dialog) => {
        const seat = field.value.trim() || null;
        const answer = await dialog.send(`${door.api}/seat`, { guest: person.guest, seat, before: person.seat });
        if (!answer?.ok) return;
        dialog.close();
        notify(seat ? t('{name} 님의 좌석은 이제 {seat}입니다.', { name: text(person.name), seat }) : t('{name} 님의 좌석을 없앴습니다.', { name: text(person.name) }), { kind: 'good' });
      },
    },
    keep: t('그대로 두기'),
  });
}

/**
 * @param {string} words
 * @param {() => void} work
 */
function button(words, work) {
  return el('button', { type: 'button', class: 'button', onclick: work }, words);
}
