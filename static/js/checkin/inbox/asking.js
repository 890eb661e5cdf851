/** Settling a conflict at the gate: both scans, the person, and what may be said of it. The heading has the focus, so that no key of a scanner answers. */
import { settle } from '#hub/checkin/inbox/settling.js';
import { conflictWords } from '#hub/checkin/verdict-words.js';
import { notify } from '#hub/web/announce.js';
import { answered } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').ConflictsAnswer} Inbox */
/** @typedef {Inbox['conflicts'][number]} Waiting */

/**
 * Ask what was done about a conflict, and settle it.
 * @param {{conf: string, zone: string, id: string}} about
 * @returns {Promise<boolean>} whether it waits no more
 */
export async function settleAtGate({ conf, zone, id }) {
  const inbox = await read(conf);
  if (!inbox) {
    notify(t('서버에 닿지 않아 지금은 처리할 수 없습니다.'), { kind: 'bad' });
    return false;
  }
  const item = inbox.conflicts.find((one) => one.id === id);
  if (item) return askHow(item, { conf, zone });
  const by = inbox.settled.find((one) => one.id === id)?.by;
  notify(by ? t('{by} 님이 이미 처리했습니다.', { by }) : t('이미 처리된 일입니다.'));
  return true;
}

/**
 * The answers to a conflict as buttons: `undo:<scan>` for each admission that may be taken back.
 * @param {Waiting} item
 * @param {string} zone
 * @returns {{how: string, words: string, danger: boolean}[]}
 */
export function answersTo(item, zone) {
  const passed = passedOf(item);
  return item.answers.flatMap((what) =>
    what === 'undo'
      ? passed.filter((one) => one.may_undo).map((one) => ({ how: `undo:${one.scan}`, words: t('{at} 입장 되돌리기 ({device})', { at: clockTime(one.at, zone), device: one.device }), danger: true }))
      : [{ how: what, words: answerWords(what), danger: what === 'reject' }],
  );
}

/**
 * @param {Waiting} item
 * @param {{conf: string, zone: string}} at
 * @returns {Promise<boolean>}
 */
async function askHow(item, { conf, zone }) {
  const word = el('input', { class: 'input', id: 'settle-word', maxlength: 500, autocomplete: 'off' });
  const buttons = answersTo(item, zone).map(({ how, words, danger }) => el('button', { type: 'button', class: 'button', value: how, 'data-kind': danger ? 'danger' : null }, words));
  const dialog = el(
    'dialog',
    { class: 'ask settle', 'aria-labelledby': 'settle-title' },
    el(
      'form',
      { class: 'stack', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      el('h2', { id: 'settle-title', tabindex: -1, autofocus: true }, conflictWords({ id: item.id, kind: item.kind }, zone)),
      el('p', null, el('strong', null, text(item.name) || t('등록되지 않은 명찰')), item.organisation && ` · ${item.organisation}`),
      el('ul', { class: 'settle-scans' }, ...passedOf(item).map((one) => el('li', null, scanWords(one, zone)))),
      el('div', { class: 'field' }, el('label', { for: 'settle-word' }, t('어떻게 했는지 (선택)')), word),
      el('div', { class: 'actions' }, ...buttons, el('button', { type: 'button', class: 'button', 'data-kind': 'quiet', onclick: () => dialog.close() }, t('나중에'))),
    ),
  );
  for (const button of buttons) button.addEventListener('click', async () => {
    if (await settle(button, { conf, id: item.id, how: button.value, word: word.value })) dialog.close('settled');
  });
  return (await answered(dialog)) === 'settled';
}

/**
 * The scans of a conflict in the order in which they happened.
 * @param {Waiting} item
 */
function passedOf({ scan, other }) {
  return [scan, ...(other ? [other] : [])].toSorted((a, b) => a.at.localeCompare(b.at));
}

/**
 * @param {Waiting['scan']} passed
 * @param {string} zone
 */
function scanWords({ at, gate_title, device, undone }, zone) {
  return [clockTime(at, zone), text(gate_title), device, undone && t('되돌림')].filter(Boolean).join(' · ');
}

/** @param {string} what */
function answerWords(what) {
  switch (what) {
    case 'same_person':
      return t('같은 사람입니다');
    case 'switch':
      return t('현장 참석으로 바꾸기');
    case 'accept':
      return t('이 시각으로 반영');
    case 'reject':
      return t('버리기');
    default:
      return t('확인했습니다');
  }
}

/**
 * @param {string} conf
 * @returns {Promise<Inbox | null>} null when no answer came
 */
async function read(conf) {
  try {
    const response = await fetch(`/api/v1/c/${conf}/checkin/conflicts`, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
