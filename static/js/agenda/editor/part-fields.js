/** Fields that segments, lanes and departments share. */
import { Field } from '#hub/agenda/editor/field.js';
import { partOf, valueAt } from '#hub/agenda/editor/changes.js';
import { setFields, titleWith } from '#hub/agenda/editor/steps.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/part-list.js').Shown} Shown */
/** @typedef {'segment' | 'lane'} Kind */

/**
 * Give a field of a part another value.
 * @param {Workspace} space
 * @param {Kind} kind
 * @param {string} id
 * @param {import('#hub/agenda/editor/changes.js').Fields} fields
 * @param {string} label
 * @param {import('#hub/agenda/editor/changes.js').Fields} [seen]
 */
export function put(space, kind, id, fields, label, seen) {
  const part = partOf(space.content, kind, id);
  if (part) space.make(setFields(space.content, kind, id, fields, t('{column} 바꾸기: {title}', { column: label, title: titleWith(/** @type {import('#hub/agenda/editor/model.js').Cue} */ (part), fields) }), seen));
}

/**
 * A text in each language of the conference.
 * @param {Workspace} space
 * @param {Kind} kind
 * @param {string} id
 * @param {'title' | 'note'} name
 * @param {string} label
 * @returns {Shown[]}
 */
export function textFields(space, kind, id, name, label) {
  const { languages } = space.settings;
  return languages.map((lang, index) => {
    const words = languages.length === 1 ? label : lang === 'ko' ? t('{label} (한국어)', { label }) : t('{label} (영어)', { label });
    const path = `${name}.${lang}`;
    const field = new Field({
      label: words,
      lang,
      most: 300,
      type: name === 'note' ? 'textarea' : 'text',
      commit: (typed, seen) => {
        if (name === 'title' && index === 0 && !typed.trim()) return t('이름을 적어 주세요.');
        put(space, kind, id, name === 'note' ? { note: noteOf(partOf(space.content, kind, id)?.note, lang, typed.trim()) } : { [path]: typed.trim() }, words, name === 'note' ? {} : { [path]: seen });
        return '';
      },
    });
    return { element: field.element, show: (part) => field.show(String(valueAt(part, path) ?? '')) };
  });
}

/**
 * @param {Workspace} space
 * @param {Kind} kind
 * @param {string} id
 * @param {string} name
 * @param {string} label
 * @param {() => [string, string][]} options
 * @returns {Shown}
 */
export function choiceField(space, kind, id, name, label, options) {
  const field = new Field({
    label,
    type: 'select',
    options,
    commit: (typed) => {
      put(space, kind, id, { [name]: typed || null }, label);
      return '';
    },
  });
  return { element: field.element, show: (part) => field.show(part[name] ?? '') };
}

/**
 * The room of a segment or a lane.
 * @param {Workspace} space
 * @param {Kind} kind
 * @param {string} id
 */
export function roomField(space, kind, id) {
  const options = () => [/** @type {[string, string]} */ (['', t('정하지 않음')]), ...space.rooms.map((room) => /** @type {[string, string]} */ ([room.id, text(room.title)]))];
  return choiceField(space, kind, id, 'room', t('방'), options);
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @returns {Shown}
 */
export function laneColour(space, id) {
  const label = t('색');
  const set = (/** @type {string | null} */ colour) => {
    put(space, 'lane', id, { colour }, label);
    return '';
  };
  const field = new Field({ label, type: 'color', commit: set });
  const none = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', onclick: () => set(null) }, t('색 없음'));
  field.element.append(none);
  return {
    element: field.element,
    show: (lane) => {
      field.show(lane.colour ?? '#888888');
      none.hidden = lane.colour === null;
    },
  };
}

/**
 * A note with another wording; a note without any is none.
 * @param {import('#hub/web/i18n.js').Text | null | undefined} note
 * @param {'ko' | 'en'} lang
 * @param {string} words
 */
function noteOf(note, lang, words) {
  const after = { ko: '', en: '', ...note, [lang]: words };
  return after.ko || after.en ? after : null;
}
