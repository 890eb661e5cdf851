/** Registering somebody who is not on the list: name, organisation, group, and their badge at once. */
import { showBadge } from '#hub/checkin/door/badge.js';
import { labelled, openDoorDialog } from '#hub/checkin/door/dialog.js';
import { question } from '#hub/checkin/question.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/door/door.js').Door} Door */

/** Refusals that staff may overrule: the person stands in front of them. */
const OVERRULED = ['already_listed', 'full'];

/**
 * Ask for a walk-in.
 * @param {Door} door
 * @param {string} known what was looked for and not found
 * @param {() => void} done called when somebody was registered
 */
export function walkIn(door, known, done) {
  const name = /** @type {HTMLInputElement} */ (field('walk-in-name', 200));
  const organisation = /** @type {HTMLInputElement} */ (field('walk-in-organisation', 200));
  name.required = true;
  name.value = known;
  const groups = door.groups.map(({ id, label }) => el('option', { value: id }, text(label)));
  const group = el('select', { class: 'input' }, el('option', { value: '' }, t('구분 없음')), ...groups);
  const dialog = openDoorDialog({
    title: t('현장 등록'),
    content: [labelled(t('이름'), name), labelled(t('소속'), organisation), door.groups.length > 0 && labelled(t('구분'), group)],
    action: {
      words: t('등록하고 명찰 발급'),
      run: () => register([]),
    },
    keep: t('등록하지 않기'),
  });
  (known ? organisation : name).focus();

  /** @param {string[]} over */
  async function register(over) {
    if (!name.value.trim()) return dialog.say(t('이름을 적어 주세요.'));
    const body = { name: name.value.trim(), organisation: organisation.value.trim() || null, group: group.value || null, over };
    const answer = await dialog.send(`${door.api}/walk-in`, body, OVERRULED);
    if (answer?.ok) {
      dialog.close();
      done();
      showBadge(door.conf, answer.data.person, { title: t('등록했습니다'), admit: door.admit });
    } else if (answer && OVERRULED.includes(answer.code) && !over.includes(answer.code) && (await overrule(answer.message))) {
      await register([...over, answer.code]);
    }
  }
}

/** @param {string} why */
function overrule(why) {
  return question({ title: t('그래도 등록할까요?'), body: why, action: t('등록하기') });
}

/**
 * @param {string} name
 * @param {number} longest
 */
function field(name, longest) {
  return el('input', { class: 'input', type: 'text', id: name, maxlength: longest, autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
}
