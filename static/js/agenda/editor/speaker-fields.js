/** The speakers of a cue or a segment: a line for each, and one to add. */
import { setFields } from '#hub/agenda/editor/steps.js';
import { partOf } from '#hub/agenda/editor/changes.js';
import { same } from '#hub/agenda/editor/model.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {{name: string, role: string, reads_for?: string | null}} Anybody */

const MOST = 100;

/**
 * @param {Workspace} space
 * @param {string} id
 * @param {'cue' | 'segment'} kind
 */
export function speakerFields(space, id, kind = 'cue') {
  const list = el('div', { class: 'speakers' });
  const add = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet' }, t('발표자 추가'));
  const element = el('fieldset', { class: 'panel-group' }, el('legend', null, t('발표자')), list, add);
  /** @type {Anybody[]} */
  let shown = [];
  const commit = () => {
    const speakers = read(list, kind);
    const part = partOf(space.content, kind, id);
    if (part) space.make(setFields(space.content, kind, id, { speakers: speakers.filter((one) => one.name) }, t('발표자 바꾸기: {title}', { title: text(part.title) }), { speakers: shown }));
  };
  list.addEventListener('change', commit);
  list.addEventListener('click', ({ target }) => {
    const line = target instanceof Element && target.closest('button') ? target.closest('.speaker') : null;
    if (!line) return;
    line.remove();
    add.focus();
    commit();
  });
  add.addEventListener('click', () => {
    list.append(lineOf({ name: '', role: '' }, kind));
    /** @type {HTMLElement | null} */ (list.querySelector('.speaker:last-child input'))?.focus();
  });
  const show = (/** @type {{speakers: Anybody[]}} */ { speakers }) => {
    if (list.children.length === speakers.length && same(speakers, shown)) return;
    const typing = list.contains(document.activeElement) && !same(read(list, kind).filter((one) => one.name), speakers);
    if (typing && list.querySelector('.speaker:last-child input:focus')) return;
    shown = speakers;
    if (!same(read(list, kind), speakers)) list.replaceChildren(...speakers.map((one) => lineOf(one, kind)));
  };
  return { element, show };
}

/**
 * @param {Anybody} one
 * @param {'cue' | 'segment'} kind
 */
function lineOf(one, kind) {
  const input = (/** @type {keyof Anybody} */ name, /** @type {string} */ words) =>
    el('input', { class: 'input', type: 'text', 'data-part': name, placeholder: words, 'aria-label': words, value: one[name] ?? '', maxlength: MOST, autocomplete: 'off' });
  return el(
    'div',
    { class: 'speaker' },
    input('name', t('이름')),
    input('role', t('직함')),
    kind === 'cue' && input('reads_for', t('대독: 누구의 글인지')),
    el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', 'aria-label': t('{name} 빼기', { name: one.name || t('발표자') }) }, t('빼기')),
  );
}

/**
 * @param {Element} list
 * @param {'cue' | 'segment'} kind
 * @returns {Anybody[]}
 */
function read(list, kind) {
  return [...list.querySelectorAll('.speaker')].map((line) => {
    const part = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (line.querySelector(`[data-part="${name}"]`))?.value.trim() ?? '';
    const person = { name: part('name'), role: part('role') };
    return kind === 'cue' ? { ...person, reads_for: part('reads_for') || null } : person;
  });
}
