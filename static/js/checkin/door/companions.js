/** People who came together, chosen and let in together: each gets a scan and a card of their own. */
import { openDoorDialog } from '#hub/checkin/door/dialog.js';
import { listedParty, outside } from '#hub/checkin/party.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/door/door.js').Door} Door */
/** @typedef {import('#hub/live/documents.js').CompanionsAnswer} Told */
/** @typedef {{guest: string, name: string, about: string, inside: boolean, together: boolean}} One `together`: of the same party, or the guest whose company it is */
/** @typedef {{ones: One[], words: string}} Company */

/** Nobody at the door waits longer: then the device's own list has to do. */
const PATIENCE_MS = 3_000;

/**
 * Show who may have come with a guest; they and their party are chosen, as far as they are outside.
 * @param {Door} door
 * @param {{guest: string, name: string}} who
 * @param {{asked?: boolean}} [how] `asked`: the server was asked a moment ago and did not answer
 */
export async function companions(door, { guest, name }, { asked = false } = {}) {
  const { ones, words } = (asked ? null : await told(door, guest)) ?? listed(door, guest) ?? unknown();
  const coming = new Set(outside(ones).map((one) => one.guest));
  const boxes = ones.map((one) => ({ one, box: el('input', { type: 'checkbox', checked: one.together && coming.has(one.guest) }) }));
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ one }) => one.guest);
  const dialog = openDoorDialog({
    title: t('{name} 님 일행', { name }),
    content: [
      el('p', { class: 'quiet' }, words),
      el('ul', { class: 'door-companions' }, ...boxes.map(({ one, box }) => el('li', null, el('label', null, box, el('span', null, el('strong', { dir: 'auto' }, one.name), ' ', el('small', null, one.about)))))),
    ],
    action: {
      words: door.words().passAll(chosen().length),
      run: () => {
        if (chosen().length === 0) return dialog.say(t('함께 온 사람을 고르세요.'));
        dialog.close();
        chosen().forEach(door.admit);
      },
    },
    others: [
      boxes.length > 1 &&
        el('button', { type: 'button', class: 'button', onclick: choose }, t('모두 고르기')),
    ],
  });
  for (const { box } of boxes) box.addEventListener('change', count);

  function choose() {
    for (const { one, box } of boxes) box.checked = coming.has(one.guest);
    count();
  }

  function count() {
    dialog.say('');
    dialog.name(door.words().passAll(chosen().length));
  }
}

/**
 * Ask the server who may have come with a guest.
 * @param {Door} door
 * @param {string} guest
 * @returns {Promise<Company | null>} null when there was no answer
 */
async function told(door, guest) {
  try {
    const response = await fetch(`${door.api}/companions/${guest}?${new URLSearchParams({ gate: door.gate() ?? '' })}`, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? companyOf(door, (await response.json()).guests, guest) : null;
  } catch {
    return null;
  }
}

/**
 * @param {Door} door
 * @param {Told['guests']} found
 * @param {string} guest
 * @returns {Company}
 */
function companyOf(door, found, guest) {
  const asked = found.find((one) => one.guest === guest);
  const ones = found.map((one) => ({
    guest: one.guest,
    name: text(one.name),
    about: about(one, [one.together && one !== asked && t('일행')], [one.number !== '' && t('번호 {number}', { number: one.number }), one.inside && door.words().passed()]),
    inside: one.inside,
    together: one.together,
  }));
  return { ones, words: words(found, asked) };
}

/**
 * @param {Told['guests']} found
 * @param {Told['guests'][number] | undefined} asked
 */
function words(found, asked) {
  if (found.length === 1) return t('같은 소속의 현장 참석자가 없습니다.');
  if (asked?.party) return t('일행 ‘{party}’입니다. 함께 온 사람만 남기세요.', { party: asked.party.name });
  return t('{organisation}의 현장 참석자입니다. 함께 온 사람을 고르세요.', { organisation: asked?.organisation ?? '' });
}

/**
 * Who comes with a guest by the device's own list, which has masked names and no organisations.
 * @param {Door} door
 * @param {string} guest
 * @returns {Company | null} null: the device has no list
 */
function listed(door, guest) {
  const found = door.listed(guest);
  if (!found) return null;
  const [person, ...others] = found.people;
  const ones = [...listedParty(person && [person]), ...listedParty(others)].map((one) => ({ guest: one.guest, name: one.name, about: about(one, [one.guest !== guest && t('일행')], [one.inside && door.words().passed()]), inside: one.inside, together: true }));
  const time = clockTime(found.asOf, door.zone);
  return { ones, words: ones.length > 1 ? t('이 기기의 {time} 명단에 있는 일행입니다. 함께 온 사람만 남기세요.', { time }) : t('이 기기의 {time} 명단에는 일행이 없습니다.', { time }) };
}

/** @returns {Company} */
function unknown() {
  return { ones: [], words: t('찾지 못했습니다. 연결을 확인하고 다시 시도해 주세요.') };
}

/**
 * @param {{group: {label: import('#hub/web/i18n.js').Text} | null, seat: string | null}} one
 * @param {(string | false)[]} before
 * @param {(string | false)[]} after
 */
function about({ group, seat }, before, after) {
  return [...before, text(group?.label), seat && t('좌석 {seat}', { seat }), ...after].filter(Boolean).join(' · ');
}
