/** Taking back the last act of this device, while the server would. */
import { question } from '#hub/checkin/question.js';
import { verdictOf, wordsAt } from '#hub/checkin/verdict-words.js';
import { notify } from '#hub/web/announce.js';
import { need, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';

/** @typedef {import('#hub/checkin/recent.js').Recent} Recent */
/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */

/**
 * @param {string} url of the undo
 * @param {Recent} recent
 * @param {(words: string, name: string) => void} onUndone
 * @returns {() => void} draws the button anew
 */
export function undoButton(url, recent, onUndone) {
  const button = /** @type {HTMLButtonElement} */ (need('#undo'));
  const draw = () => {
    const last = recent.undoable;
    button.disabled = last === null;
    setText(need('#undo-what'), last ? words(last).act : t('되돌리기'));
    setText(need('#undo-whom'), last ? words(last).name : '');
  };
  button.addEventListener('click', () => void takeBack(url, button, recent, onUndone).then(draw));
  return draw;
}

/**
 * @param {string} url
 * @param {HTMLButtonElement} button
 * @param {Recent} recent
 * @param {(words: string, name: string) => void} onUndone
 */
async function takeBack(url, button, recent, onUndone) {
  const last = recent.undoable;
  if (!last) return;
  const { ask, done, name } = words(last);
  if (!(await question({ title: ask(name), action: t('되돌리기') }))) return;
  const answer = await press(button, url, { scan_id: last.id });
  if (!answer) return;
  recent.mark(last, answer.ok ? 'undone' : 'fixed');
  if (!answer.ok) return;
  onUndone(done, name);
  notify(`${done}: ${name}`, { kind: 'good' });
  const { switched } = /** @type {{switched?: 'back' | 'kept'}} */ (answer.data);
  if (switched) notify(switched === 'back' ? t('참석 방식과 시상 순서도 되돌렸습니다.') : t('참석 방식과 시상 순서는 그 사이 바뀌어 그대로 두었습니다.'));
}

/** @param {Scan} scan */
function words(scan) {
  const verdict = verdictOf(scan);
  const name = verdict?.person?.masked ?? text(verdict?.person?.name);
  return { name, ...wordsAt(scan).undo(verdict?.verdict === 'left') };
}
