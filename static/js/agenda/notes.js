/** The notes of a cue, by department: what operators and the emcee work by. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').NotesDoc} NotesDoc */
/** @typedef {NotesDoc['notes'][number]} Note */

/** @param {{scrolls?: boolean}} [options] one that scrolls can be reached by keyboard */
export function notesList({ scrolls = false } = {}) {
  return el('dl', { class: 'cue-notes', hidden: true, ...(scrolls && { tabindex: '0' }) });
}

/**
 * Show the notes of a cue; without any the list is hidden.
 * @param {HTMLElement} list of `notesList`
 * @param {NotesDoc | null | undefined} doc
 * @param {(note: Note) => boolean} [wanted]
 */
export function drawNotes(list, doc, wanted = () => true) {
  const notes = doc?.notes.filter(wanted) ?? [];
  list.hidden = notes.length === 0;
  renderList(list, notes, (note) => note.department, noteLine, update);
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
