/** The fields of a cue in its panel. */
import { cellStep, columnsOf, cueBefore, pathsOf, writeShortest } from '#hub/agenda/editor/columns.js';
import { askText } from '#hub/agenda/editor/choose.js';
import { valueAt } from '#hub/agenda/editor/changes.js';
import { parseDuration, writeDuration } from '#hub/agenda/editor/duration.js';
import { checkField, Field } from '#hub/agenda/editor/field.js';
import { addSegment } from '#hub/agenda/editor/frame-steps.js';
import { endOf, findCue, instant, startOf } from '#hub/agenda/editor/model.js';
import { nameOf, setFields, stepOf } from '#hub/agenda/editor/steps.js';
import { localOf, msOf, writeClock } from '#hub/agenda/editor/zone.js';
import { el, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/changes.js').Fields} Fields */
/** @typedef {{element: HTMLElement, show: (cue: Cue) => void}} Shown */

const ADD = '+';
/** When a countdown turns where nothing else is said. */
const USUAL = { warn_s: '2:00', danger_s: '0:30' };

/**
 * @param {Workspace} space
 * @param {string} id of the cue
 * @returns {{all: Shown[], groups: HTMLElement[]}}
 */
export function cueFields(space, id) {
  const cells = columnsOf(space.content, space.settings.languages);
  const own = (/** @type {(id: string) => boolean} */ fits) => cells.filter((column) => fits(column.id)).map((column) => cellField(space, id, column));
  const titles = own((name) => name.startsWith('title.'));
  const [number] = own((name) => name === 'number');
  const [length] = own((name) => name === 'duration');
  const together = own((name) => name === 'sync');
  const notes = own((name) => name.startsWith('notes.'));
  const start = startFields(space, id);
  const segment = segmentField(space, id);
  const marks = [secondsField(space, id, 'warn_s', t('경고 (남은 시간)')), secondsField(space, id, 'danger_s', t('위험 (남은 시간)'))];
  const budget = [secondsField(space, id, 'shortest_s', t('최소 시간')), droppableField(space, id)];
  const colour = colourField(space, id);
  const group = (/** @type {string} */ title, /** @type {Shown[]} */ parts, kind = '') =>
    el('fieldset', { class: `panel-group ${kind}` }, el('legend', null, title), ...parts.map((part) => part.element));
  return {
    all: [...titles, number, length, ...together, ...notes, ...start, ...budget, segment, ...marks, colour],
    groups: [
      group(t('내용'), [...titles, segment]),
      group(t('시간'), [...start.slice(0, 2), length, start[2], ...together, ...budget], 'times'),
      ...(notes.length > 0 ? [group(t('부서별 메모'), notes)] : []),
      group(t('표시'), [number, colour, ...marks], 'pairs'),
    ],
  };
}

/**
 * A field that holds what a cell of the sheet holds.
 * @param {Workspace} space
 * @param {string} id
 * @param {import('#hub/agenda/editor/columns.js').Column} column
 * @returns {Shown}
 */
function cellField(space, id, column) {
  /** @type {Fields} */
  let begun = {};
  const row = () => ({ zone: space.settings.zone, content: space.content });
  const field = new Field({
    label: column.label,
    name: column.id,
    type: column.lines ? 'textarea' : 'text',
    most: column.most,
    lang: column.id.startsWith('title.') ? column.id.slice(6) : undefined,
    commit: (typed) => {
      const found = findCue(space.content, id);
      if (!found) return '';
      const at = { ...row(), cue: found.cue, previous: cueBefore(space.content, id, found.lane.id), main: space.main, dayStart: Date.parse(space.settings.startsAt) };
      const written = column.write(typed, at);
      if ('error' in written) return written.error;
      const seen = Object.fromEntries(Object.entries(begun).filter(([path]) => path in written.fields));
      space.make(cellStep(space.content, found.cue, column, written, seen));
      return '';
    },
  });
  field.input.addEventListener('focus', () => {
    const cue = findCue(space.content, id)?.cue;
    begun = cue ? Object.fromEntries(pathsOf(column.id).map((path) => [path, valueAt(cue, path)])) : {};
  });
  return { element: field.element, show: (cue) => field.show(column.value(cue, row())) };
}

/**
 * How it starts, when, and when it ends.
 * @param {Workspace} space
 * @param {string} id
 * @returns {Shown[]}
 */
function startFields(space, id) {
  const { zone } = space.settings;
  const set = (/** @type {Fields} */ fields) => {
    const cue = findCue(space.content, id)?.cue;
    if (cue) space.make(setFields(space.content, 'cue', id, fields, t('시작 바꾸기: {title}', { title: nameOf(cue) })));
    return '';
  };
  const how = new Field({
    label: t('시작하는 방법'),
    type: 'select',
    options: () => [...(findCue(space.content, id)?.index ? [/** @type {[string, string]} */ (['soft', t('앞 순서가 끝나면')])] : []), ['fixed', t('정한 시각에')]],
    commit: (typed) => set({ fixed: typed === 'fixed', ...(typed === 'fixed' && { planned_start: findCue(space.content, id)?.cue.planned_start }) }),
  });
  const when = new Field({
    label: t('시작 시각'),
    type: 'datetime-local',
    commit: (typed) => {
      const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(typed);
      if (!found) return t('날짜와 시각을 적어 주세요.');
      const seconds = (Number(found[2]) * 60 + Number(found[3])) * 60 + Number(found[4] ?? 0);
      return set({ fixed: true, planned_start: instant(msOf({ day: found[1], seconds }, zone)) });
    },
  });
  const end = el('p', { class: 'quiet small figure panel-end' });
  return [
    { element: how.element, show: (cue) => how.show(cue.fixed ? 'fixed' : 'soft') },
    { element: when.element, show: (cue) => when.show(typedStart(cue, zone)) },
    { element: end, show: (cue) => setText(end, t('{time}에 끝남', { time: writeClock(localOf(endOf(cue), zone).seconds) })) },
  ];
}

/**
 * @param {Cue} cue
 * @param {string} zone
 */
function typedStart(cue, zone) {
  const { day, seconds } = localOf(startOf(cue), zone);
  return `${day}T${writeClock(seconds)}`;
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @returns {Shown}
 */
function segmentField(space, id) {
  const field = new Field({
    label: t('구간'),
    type: 'select',
    options: () => [...space.content.segments.map((one) => /** @type {[string, string]} */ ([one.id, text(one.title)])), [ADD, t('새 구간…')]],
    commit: (typed) => {
      if (typed === ADD) void newSegment();
      else put(typed, []);
      return '';
    },
  });
  const put = (/** @type {string} */ segment, /** @type {import('#hub/agenda/editor/changes.js').Change[]} */ first) => {
    const cue = findCue(space.content, id)?.cue;
    const name = cue && t('{column} 바꾸기: {title}', { column: t('구간'), title: nameOf(cue) });
    const step = name ? setFields(space.content, 'cue', id, { segment }, name) : null;
    if (step) space.make(stepOf(step.name, [...first, ...step.changes]));
  };
  const newSegment = async () => {
    const title = (await askText({ title: t('새 구간'), label: t('이름'), action: t('만들기') }))?.trim();
    const cue = findCue(space.content, id)?.cue;
    if (title) {
      const segment = addSegment(space.content, space.textOf(title));
      put(segment.id, segment.step.changes);
    } else if (cue) field.show(cue.segment);
    field.input.focus();
  };
  return { element: field.element, show: (cue) => field.show(cue.segment) };
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @param {'warn_s' | 'danger_s' | 'shortest_s'} name
 * @param {string} label
 * @returns {Shown}
 */
function secondsField(space, id, name, label) {
  const field = new Field({
    label,
    name,
    most: 30,
    placeholder: name === 'shortest_s' ? t('줄이지 않음') : USUAL[name],
    commit: (typed) => {
      const cue = findCue(space.content, id)?.cue ?? null;
      const written = name === 'shortest_s' ? writeShortest(typed, { cue }) : null;
      if (written && 'error' in written) return written.error;
      const seconds = typed.trim() ? parseDuration(typed) : null;
      if (typed.trim() && seconds === null) return t('2:00이나 30초처럼 적어 주세요.');
      if (cue) space.make(setFields(space.content, 'cue', id, { [name]: seconds }, t('{column} 바꾸기: {title}', { column: label, title: nameOf(cue) })));
      return '';
    },
  });
  return { element: field.element, show: (cue) => field.show(cue[name] ? writeDuration(cue[name]) : '') };
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @returns {Shown}
 */
function droppableField(space, id) {
  const field = checkField(t('시간이 모자라면 생략할 수 있음'), (on) => {
    const cue = findCue(space.content, id)?.cue;
    if (cue) space.make(setFields(space.content, 'cue', id, { droppable: on }, t('{column} 바꾸기: {title}', { column: t('생략 가능'), title: nameOf(cue) })));
  });
  return { element: field.element, show: (cue) => field.show(cue.droppable) };
}

/**
 * @param {Workspace} space
 * @param {string} id
 * @returns {Shown}
 */
function colourField(space, id) {
  const set = (/** @type {string | null} */ colour) => {
    const cue = findCue(space.content, id)?.cue;
    if (cue) space.make(setFields(space.content, 'cue', id, { colour }, t('{column} 바꾸기: {title}', { column: t('색'), title: nameOf(cue) })));
    return '';
  };
  const field = new Field({ label: t('색'), type: 'color', commit: set });
  const none = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', onclick: () => set(null) }, t('색 없음'));
  field.element.append(none);
  return {
    element: field.element,
    show: (cue) => {
      field.show(cue.colour ?? '#888888');
      none.hidden = cue.colour === null;
    },
  };
}
