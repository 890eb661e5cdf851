/** Keys that command the selected cue, the same in the sheet and on the axis. */
import { duplicateCue, addCue, nudgeCue, removeCue } from '#hub/agenda/editor/steps.js';
import { findCue, startOf } from '#hub/agenda/editor/model.js';
import { writeClock, localOf } from '#hub/agenda/editor/zone.js';
import { announce } from '#hub/web/announce.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */

/** @type {Record<string, 'up' | 'down' | 'left' | 'right'>} */
const DIRECTIONS = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/**
 * Make the function that carries out the keys of a cue.
 * @param {Workspace} space
 * @param {() => {commit: () => void, focusCue: (id: string, how?: {edit?: boolean}) => void}} view the one that is shown
 * @returns {(event: KeyboardEvent, cue: string | null, lane: string) => boolean} true when the key was used
 */
export function rowKeys(space, view) {
  return (event, cue, lane) => {
    const { key, altKey, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (altKey && !command && !shiftKey && key in DIRECTIONS) return move(space, view(), cue, DIRECTIONS[key]);
    if (!command || altKey) return false;
    if (key === 'Enter') return insert(space, view(), cue, lane);
    if (event.code === 'KeyD' && cue) return duplicate(space, view(), cue);
    if ((key === 'Delete' || key === 'Backspace') && cue) return remove(space, view(), cue);
    return false;
  };
}

/**
 * @param {Workspace} space
 * @param {{commit: () => void, focusCue: (id: string) => void}} view
 * @param {string | null} cue
 * @param {'up' | 'down' | 'left' | 'right'} direction
 */
export function move(space, view, cue, direction) {
  view.commit();
  const step = cue && nudgeCue(space.content, cue, direction);
  if (!step || !cue) {
    announce(t('더 옮길 곳이 없습니다.'));
    return true;
  }
  space.make(step);
  view.focusCue(cue);
  const found = findCue(space.content, cue);
  if (found) announce(t('{lane} {n}번째, {time}', { lane: text(found.lane.title), n: found.index + 1, time: writeClock(localOf(startOf(found.cue), space.settings.zone).seconds) }));
  return true;
}

/**
 * Add a cue after this one, or at the end of the lane, and let it be named.
 * @param {Workspace} space
 * @param {{commit: () => void, focusCue: (id: string, how?: {edit?: boolean}) => void}} view
 * @param {string | null} cue
 * @param {string} lane
 */
export function insert(space, view, cue, lane) {
  view.commit();
  const found = cue === null ? null : findCue(space.content, cue);
  const before = found?.lane.cues[found.index + 1]?.id ?? null;
  const added = addCue(space.content, lane, before, { title: space.textOf(t('새 순서')) }, Date.parse(space.settings.startsAt));
  if (added && space.make(added.step)) view.focusCue(added.id, { edit: true });
  return true;
}

/**
 * @param {Workspace} space
 * @param {{commit: () => void, focusCue: (id: string) => void}} view
 * @param {string} cue
 */
export function duplicate(space, view, cue) {
  view.commit();
  const copy = duplicateCue(space.content, cue);
  if (copy && space.make(copy.step)) view.focusCue(copy.id);
  return true;
}

/**
 * Remove a cue; undo brings it back, so nothing is asked. The hand goes to the next one.
 * @param {Workspace} space
 * @param {{commit: () => void, focusCue: (id: string) => void}} view
 * @param {string} cue
 */
export function remove(space, view, cue) {
  const found = findCue(space.content, cue);
  const next = found && (found.lane.cues[found.index + 1] ?? found.lane.cues[found.index - 1]);
  space.selected = next?.id ?? null;
  space.make(removeCue(space.content, cue));
  if (next) view.focusCue(next.id);
  return true;
}
