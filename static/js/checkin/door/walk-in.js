/** Registering somebody who is not on the list: name, organisation, group, what they are told about their data, and their badge at once. */
import { showBadge } from '#hub/checkin/door/badge.js';
import { labelled, openDoorDialog } from '#hub/checkin/door/dialog.js';
import { question } from '#hub/checkin/question.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/door/door.js').Door} Door */

/** @typedef {{over: string[], note?: string}} Overruling the refusals that staff overrule, and why */

/** Refusals that staff may overrule: the person stands in front of them. */
const OVERRULED = ['already_listed', 'full'];

/**
 * Ask for a walk-in.
 * @param {Door} door
 * @param {string} known what was looked for and not found
 * @param {() => void} done called when somebody was registered
 */
export function walkIn(door, known, done) {
  const name = field('walk-in-name', 200);
  const organisation = field('walk-in-organisation', 200);
  name.required = true;
  name.value = known;
  const groups = door.groups.map(({ id, label }) => el('option', { value: id }, text(label)));
  const group = el('select', { class: 'input' }, el('option', { value: '' }, t('구분 없음')), ...groups);
  const dialog = openDoorDialog({
    title: t('현장 등록'),
    content: [labelled(t('이름'), name), labelled(t('소속'), organisation), door.groups.length > 0 && labelled(t('구분'), group), privacy(door.notice)],
    action: {
      words: t('등록하고 명찰 발급'),
      run: () => register({ over: [] }),
    },
    keep: t('등록하지 않기'),
  });
  (known ? organisation : name).focus();

  /** @param {Overruling} overruling */
  async function register({ over, note }) {
    if (!name.value.trim()) return dialog.say(t('이름을 적어 주세요.'));
    const body = { name: name.value.trim(), organisation: organisation.value.trim() || null, group: group.value || null, over, ...(note && { note }), notice: door.notice.version };
    const answer = await dialog.send(`${door.api}/walk-in`, body, OVERRULED);
    if (answer?.ok) {
      dialog.close();
      done();
      showBadge(door, answer.data.person, t('등록했습니다'));
    } else if (answer && OVERRULED.includes(answer.code) && !over.includes(answer.code)) {
      const overruled = await overrule(answer.code, answer.message);
      if (overruled) await register({ over: [...over, answer.code], note: overruled.note ?? note });
    }
  }
}

/**
 * Ask whether somebody is registered all the same; beyond the places of the hall, also why.
 * @param {string} code of the refusal
 * @param {string} message
 * @returns {Promise<{note?: string} | null>} null: they are not
 */
async function overrule(code, message) {
  const why = field('walk-in-why', 200);
  why.required = true;
  const full = code === 'full';
  const sure = await question({ title: t('그래도 등록할까요?'), body: message, action: t('등록하기'), content: [full ? labelled(t('이유 (처리한 사람과 함께 기록에 남습니다)'), why) : null] });
  if (!sure) return null;
  return full ? { note: why.value.trim() } : {};
}

/**
 * What the person is told about their data before they are registered.
 * @param {import('#hub/checkin/door/door.js').Door['notice']} notice
 */
function privacy({ words, until }) {
  return el(
    'div',
    { class: 'door-privacy' },
    el('p', null, until ? t('이름, 소속, 입장 기록을 행사 운영에 쓰고 {day}까지 보관한다고 알려 주세요.', { day: until }) : t('이름, 소속, 입장 기록을 행사 운영에 쓴다고 알려 주세요. 보관 기한은 아직 정하지 않았습니다.')),
    words && el('details', null, el('summary', null, t('개인정보 처리 안내')), el('p', null, words)),
  );
}

/**
 * @param {string} name
 * @param {number} longest
 */
function field(name, longest) {
  return /** @type {HTMLInputElement} */ (el('input', { class: 'input', type: 'text', id: name, maxlength: longest, autocomplete: 'off', spellcheck: 'false', dir: 'auto' }));
}
