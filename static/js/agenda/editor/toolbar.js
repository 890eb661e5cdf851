/** The buttons above the plan: how it is shown, which lane, zoom, undo and redo, problems, and the panels. */
import { problemsOf } from '#hub/agenda/editor/problems.js';
import { keysDialog } from '#hub/agenda/editor/keys-dialog.js';
import { renumber } from '#hub/agenda/editor/steps.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {'sheet' | 'axis'} Mode */

const ALL = '';

/**
 * @param {Workspace} space
 * @param {{mode: () => Mode, show: (mode: Mode) => void, zoom: (by: -1 | 1) => void, panel: (name: string) => void, panelShown: () => string | null,
 *   publish: () => void, unpublished: () => boolean, narrow: () => boolean}} screen
 */
export function toolbar(space, screen) {
  const modes = [...document.querySelectorAll('[data-mode]')];
  for (const button of modes) button.addEventListener('click', () => screen.show(/** @type {Mode} */ (/** @type {HTMLElement} */ (button).dataset.mode)));
  for (const button of document.querySelectorAll('[data-zoom]')) button.addEventListener('click', () => screen.zoom(/** @type {HTMLElement} */ (button).dataset.zoom === 'in' ? 1 : -1));
  const panels = [...document.querySelectorAll('[data-panel]')];
  for (const button of panels) button.addEventListener('click', () => screen.panel(/** @type {HTMLElement} */ (button).dataset.panel ?? ''));
  const undo = need('#undo');
  const redo = need('#redo');
  undo.addEventListener('click', () => space.undo());
  redo.addEventListener('click', () => space.redo());
  need('#publish').addEventListener('click', () => screen.publish());
  need('#renumber').addEventListener('click', () => space.make(renumber(space.content)));
  need('#keys').addEventListener('click', keysDialog);
  foldMenu(/** @type {HTMLDetailsElement} */ (need('.tool-more')));
  const lanes = /** @type {HTMLSelectElement} */ (need('#lane-choice'));
  lanes.addEventListener('change', () => {
    space.lane = lanes.value || null;
    space.draw();
  });
  return () => {
    for (const button of modes) button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.mode === screen.mode()));
    for (const button of panels) button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.panel === screen.panelShown()));
    need('#zoom').hidden = screen.mode() !== 'axis';
    drawUndo(undo, space.draft.done.at(-1)?.name, t('실행 취소'));
    drawUndo(redo, space.draft.undone.at(-1)?.name, t('다시 실행'));
    drawLanes(space, lanes, screen.narrow());
    const count = problemsOf(space).length;
    const problems = need('[data-panel="problems"]');
    setText(need('.count', problems), count > 0 ? String(count) : '');
    problems.dataset.found = String(count > 0);
    need('#unpublished').hidden = !screen.unpublished();
  };
}

/**
 * The menu closes when something in it was chosen, by Escape, and when the hand goes elsewhere.
 * @param {HTMLDetailsElement} menu
 */
function foldMenu(menu) {
  menu.addEventListener('click', ({ target }) => target instanceof Element && target.closest('.tool-menu') && (menu.open = false));
  menu.addEventListener('focusout', ({ relatedTarget }) => !menu.contains(/** @type {Node | null} */ (relatedTarget)) && (menu.open = false));
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

/**
 * @param {HTMLElement} button
 * @param {string | undefined} name
 * @param {string} verb
 */
function drawUndo(button, name, verb) {
  button.setAttribute('aria-disabled', String(name === undefined));
  const words = name ? `${verb}: ${name}` : verb;
  button.title = words;
  button.setAttribute('aria-label', words);
}

/**
 * Which lane is shown: all of them, or one; one at a time on a narrow screen.
 * @param {Workspace} space
 * @param {HTMLSelectElement} select
 * @param {boolean} narrow
 */
function drawLanes(space, select, narrow) {
  const { lanes } = space.content;
  const offered = [...(narrow && lanes.length > 0 ? [] : [{ id: ALL, words: t('모든 구역') }]), ...lanes.map((lane) => ({ id: lane.id, words: text(lane.title) }))];
  renderList(select, offered, (one) => one.id, (one) => el('option', { value: one.id }), (option, one) => setText(option, one.words));
  select.value = space.lane && lanes.some((lane) => lane.id === space.lane) ? space.lane : (offered[0]?.id ?? ALL);
  need('#lane-field').hidden = lanes.length < 2;
}
