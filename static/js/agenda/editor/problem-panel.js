/** The list of what is wrong; each line leads to its cue. */
import { problemsOf } from '#hub/agenda/editor/problems.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */

/**
 * @param {Workspace} space
 * @param {(problem: import('#hub/agenda/editor/problems.js').Problem) => void} go
 */
export function problemPanel(space, go) {
  const none = el('p', { class: 'quiet' }, t('비거나 겹치는 곳이 없습니다.'));
  const list = el('ul', { class: 'problems' });
  const element = el('section', null, el('h2', { class: 'panel-title' }, t('확인할 것')), none, list);
  const draw = () => {
    const problems = problemsOf(space);
    none.hidden = problems.length > 0;
    renderList(list, problems, (one) => one.key, () => el('li', null, el('button', { type: 'button', class: 'problem' }, el('span', { class: 'problem-where' }), el('span', { class: 'problem-words' }))), (item, one) => {
      setText(need('.problem-where', item), one.where);
      setText(need('.problem-words', item), one.words);
      need('button', item).onclick = () => go(one);
    });
  };
  return { element, draw };
}
