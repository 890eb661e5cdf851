/** Overruling a refusal: staff say why, under their own name, before anybody goes in. */
import { leaves } from '#hub/checkin/card-face.js';
import { question } from '#hub/checkin/question.js';
import { verdictOf, wordsAt } from '#hub/checkin/verdict-words.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {'looked' | 'vip' | 'wrong_list' | 'switched' | 'other'} Why */
/** @typedef {{force: true, over: string[], why: Why, note?: string, switch?: true}} Overruling what is sent with a scan that overrules */

/**
 * What a scan sends that overrules the refusal which `scan` got: that refusal, and those overruled before, no other.
 * @param {Scan} scan
 * @param {Why} why
 * @param {string} [note]
 * @returns {Overruling}
 */
export function overruling(scan, why, note = '') {
  const before = Array.isArray(scan.body.over) ? scan.body.over.map(String) : [];
  const over = [...new Set([...before, verdictOf(scan)?.verdict ?? ''])].filter(Boolean);
  return { force: true, over, why, ...(note && { note }) };
}

/**
 * What a scan sends that overrules by one press, which is its own reason: what staff said of refusals before stands.
 * @param {Scan} scan
 * @param {Why} why what is pressed
 * @returns {Overruling}
 */
export function pressed(scan, why) {
  const { why: before, note = '' } = scan.body;
  return overruling(scan, /** @type {Why | undefined} */ (before) ?? why, String(note));
}

/**
 * Who is scanned again, at which gate and in which direction: as they were before, wherever this device stands now.
 * @param {Scan} scan
 * @returns {{who: import('#hub/checkin/queue/scan-queue.js').Who, gate: string, direction: 'in' | 'out'}}
 */
export function sameAgain(scan) {
  const { token, also, guest, gate } = scan.body;
  const who = token === undefined ? { guest: String(guest) } : { token: String(token), ...(Array.isArray(also) && { also }) };
  return { who, gate: String(gate), direction: leaves(scan) ? 'out' : 'in' };
}

/**
 * Ask why somebody is let in, or out, all the same.
 * @param {Scan} scan that was refused
 * @returns {Promise<Overruling | null>} null: they are not
 */
export async function askWhy(scan) {
  const verdict = verdictOf(scan);
  const words = wordsAt(scan);
  const note = el('input', { class: 'input', id: 'force-note', maxlength: 500, autocomplete: 'off' });
  const choices = reasons().map(([value, reason]) => el('label', { class: 'reason' }, el('input', { type: 'radio', name: 'why', value, required: true }), el('span', null, reason)));
  const group = el('fieldset', { class: 'reasons' }, el('legend', null, t('이유')), ...choices);
  const chosen = () => /** @type {HTMLInputElement | null} */ (group.querySelector('input:checked'))?.value;
  const needed = verdict?.verdict === 'revoked';
  note.required = needed;
  group.addEventListener('change', () => {
    note.required = needed || chosen() === 'other';
  });
  const sure = await question({
    title: words.askAnyway(text(verdict?.person?.name), leaves(scan)),
    body: t('이유와 처리한 사람이 기록에 남습니다.'),
    action: words.pass(leaves(scan)),
    content: [group, el('div', { class: 'field' }, el('label', { for: 'force-note' }, t('메모')), note)],
  });
  return sure ? overruling(scan, /** @type {Why} */ (chosen()), note.value.trim()) : null;
}

/**
 * Ask before somebody takes part in the hall instead.
 * @param {Scan} scan that was refused as `mode_mismatch`
 * @returns {Promise<Overruling | null>}
 */
export async function askSwitch(scan) {
  const person = verdictOf(scan)?.person;
  const words = wordsAt(scan);
  const sure = await question({
    title: words.askSwitch(text(person?.name)),
    body: person?.calls.length ? t('상도 현장에서 부르도록 옮기고 무대 뒤에 알립니다.') : '',
    action: words.doSwitch(),
    danger: false,
  });
  return sure ? { ...pressed(scan, 'switched'), switch: true } : null;
}

/** @returns {[Why, string][]} */
function reasons() {
  return [
    ['looked', t('본인을 확인했습니다')],
    ['vip', t('주최 측이 허락했습니다')],
    ['wrong_list', t('명단이 잘못되었습니다')],
    ['other', t('다른 이유')],
  ];
}
