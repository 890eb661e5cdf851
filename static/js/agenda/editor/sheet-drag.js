/** The mark of a row: dragged, it moves the row to another place or lane; pressed, it opens the row's fields. */
import { drag } from '#hub/agenda/editor/drag.js';
import { findCue } from '#hub/agenda/editor/model.js';
import { moveCue } from '#hub/agenda/editor/steps.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */

/**
 * @param {HTMLElement} root
 * @param {Workspace} space
 */
export function rowDrag(root, space) {
  root.addEventListener('pointerdown', (event) => {
    const mark = event.target instanceof Element ? event.target.closest('.row-mark') : null;
    const row = /** @type {HTMLElement | null} */ (mark?.closest('[data-row]:not(.new)') ?? null);
    if (!row || event.button !== 0) return;
    event.preventDefault();
    space.select(row.dataset.row ?? null);
    let moved = false;
    addEventListener('pointerup', () => !moved && space.details(), { once: true });
    drag(event, row, {
      move: ({ dy, y }) => {
        moved = true;
        row.style.translate = `0 ${dy}px`;
        showTarget(root, targetAt(root, y, row));
      },
      end: ({ y }) => drop(space, row.dataset.row ?? '', targetAt(root, y, row)),
      always: () => {
        row.style.translate = '';
        showTarget(root, null);
      },
    });
  });
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement | null} target
 */
function showTarget(root, target) {
  for (const row of root.querySelectorAll('[data-target]')) if (row !== target) row.removeAttribute('data-target');
  target?.setAttribute('data-target', '');
}

/**
 * The row before which it would be let go.
 * @param {HTMLElement} root
 * @param {number} y
 * @param {HTMLElement} dragged
 */
function targetAt(root, y, dragged) {
  const rows = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-row]')]).filter((row) => row !== dragged);
  return rows.find((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  }) ?? rows.at(-1) ?? null;
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @param {HTMLElement | null} target
 */
function drop(space, id, target) {
  const lane = target?.closest('[data-lane]');
  if (!target || !(lane instanceof HTMLElement)) return;
  const before = target.dataset.row === 'new' ? null : (target.dataset.row ?? null);
  if (findCue(space.content, id)) space.make(moveCue(space.content, id, lane.dataset.lane ?? '', before));
}
