/** The notes of a cue, by department: what operators and the emcee work by. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').NotesDoc} NotesDoc */
/** @typedef {NotesDoc['notes'][number]} Note */

export function notesList() {
  return el('dl', { class: 'cue-notes', hidden: true });
}

/**
 * Show the notes of a cue; without any the list is hidden.
 * @param {HTMLElement} list of `notesList`
 * @param {NotesDoc | null | undefined} doc
 */
export function drawNotes(list, doc) {
  list.hidden = !doc;
  renderList(list, doc?.notes ?? [], (note) => note.department, noteLine, update);
}

function noteLine() {
  return el('div', null, el('dt'), el('dd'));
}

/**
 * @param {Element} element
 * @param {Note} note
 */
function update(element, note) {
  setText(need('dt', element), text(note.title));
  setText(need('dd', element), note.text);
}
