/** A badge that was issued at the door: its code large on the screen at once, and the way to print it without leaving the gate. */
import { openDoorDialog } from '#hub/checkin/door/dialog.js';
import { printing } from '#hub/checkin/door/printing.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/door/door.js').Door} Door */
/** @typedef {import('#hub/live/documents.js').PersonDoc} Person */

/**
 * Show a fresh badge.
 * @param {Door} door
 * @param {Person} person
 * @param {string} title
 */
export function showBadge(door, person, title) {
  const address = `/c/${door.conf}/door/badges/${person.guest}`;
  const name = text(person.name);
  const { frame, print } = printing(address);
  const dialog = openDoorDialog({
    title,
    content: [
      el('p', { class: 'door-name' }, el('strong', { dir: 'auto' }, name), ' ', el('span', { class: 'quiet' }, t('번호 {number}', { number: person.number }))),
      el('img', { class: 'door-code', src: `${address}.svg`, alt: t('{name} 님의 명찰 QR 코드', { name }), width: 360, height: 360 }),
      frame,
      el('p', { class: 'quiet' }, t('휴대전화로 찍어 가도 되고, 인쇄해도 됩니다. 15분 동안만 보입니다.')),
    ],
    action: {
      words: door.words().pass(false),
      run: () => {
        dialog.close();
        door.admit(person.guest);
      },
    },
    others: [el('button', { type: 'button', class: 'button', onclick: () => void printBadge() }, t('명찰 인쇄'))],
  });

  async function printBadge() {
    dialog.say('');
    if (!(await print())) dialog.say(t('인쇄할 명찰을 불러오지 못했습니다. 연결을 확인하고 다시 시도해 주세요.'));
  }
}
