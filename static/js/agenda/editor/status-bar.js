/** How the plan stands, in words: saved, unsaved, or not reached; and who else is editing. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { announce } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';
import { findCue } from '#hub/agenda/editor/model.js';
import { nameOf } from '#hub/agenda/editor/steps.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/saver.js').Saver} Saver */

/**
 * @param {Workspace} space
 * @param {Saver} saver
 */
export function statusBar(space, saver) {
  const state = need('#save-state');
  const others = need('#others');
  const signIn = need('#sign-in-again');
  let said = '';
  return () => {
    const kind = saver.state === 'saved' && space.draft.held.length > 0 ? 'held' : saver.state;
    const words = [kind === 'stopped' ? saver.stopped : '', saveWords(kind, space.draft.pending.length)].filter(Boolean).join(' ');
    setText(state, words);
    state.dataset.state = kind;
    signIn.hidden = !saver.signedOut;
    if (words !== said && (kind === 'waiting' || kind === 'stopped')) announce(words);
    said = words;
    renderList(others, space.others, (one) => one.actor, () => el('li', { class: 'other' }), (item, one) => {
      setText(item, otherWords(space, one));
      item.setAttribute('title', item.textContent ?? '');
    });
  };
}

/**
 * @param {Saver['state'] | 'held'} state
 * @param {number} waiting
 */
export function saveWords(state, waiting) {
  switch (state) {
    case 'loading':
      return t('계획을 불러오는 중입니다');
    case 'saved':
      return t('모두 저장했습니다');
    case 'saving':
      return t('저장하는 중입니다 ({n})', { n: waiting });
    case 'waiting':
      return waiting > 0 ? t('서버에 닿지 않습니다. {n}개를 저장하지 못했고, 계속 다시 보냅니다.', { n: waiting }) : t('서버에 닿지 않습니다. 계속 다시 시도합니다.');
    case 'held':
      return t('저장하지 않은 것이 있습니다. 아래에서 골라 주세요.');
    case 'stopped':
      return t('저장할 수 없습니다. {n}개가 남아 있습니다.', { n: waiting });
  }
}

/**
 * @param {Workspace} space
 * @param {import('#hub/agenda/editor/workspace.js').Other} other
 */
function otherWords(space, { label, at }) {
  const cue = at === null ? null : findCue(space.content, at)?.cue;
  return cue ? t('{name} 님이 {title} 편집 중', { name: label, title: `${cue.number} ${nameOf(cue)}` }) : t('{name} 님이 보고 있습니다', { name: label });
}
