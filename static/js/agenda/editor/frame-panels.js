/** The panels of segments, of lanes and of departments. */
import { askText, choose } from '#hub/agenda/editor/choose.js';
import { checkField, Field } from '#hub/agenda/editor/field.js';
import { addLane, addSegment, removeLane, removeSegment, setDepartments, shift } from '#hub/agenda/editor/frame-steps.js';
import { allCues, newId } from '#hub/agenda/editor/model.js';
import { choiceField, laneColour, put, roomField, textFields } from '#hub/agenda/editor/part-fields.js';
import { PartList } from '#hub/agenda/editor/part-list.js';
import { totalOf } from '#hub/agenda/editor/rows.js';
import { speakerFields } from '#hub/agenda/editor/speaker-fields.js';
import { lengthWords } from '#hub/agenda/editor/words.js';
import { ask } from '#hub/web/ask.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Segment} Segment */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {import('#hub/agenda/editor/model.js').Department} Department */

const REMOVE = '';

/** @param {Workspace} space */
export function segmentPanel(space) {
  /** @type {PartList<Segment>} */
  const list = new PartList({
    title: t('구간 목록'),
    add: t('구간 추가'),
    onAdd: async () => {
      const title = await named(t('새 구간'));
      if (!title) return;
      const { step, id } = addSegment(space.content, space.textOf(title));
      if (space.make(step)) list.open(id);
    },
    name: (segment) => text(segment.title),
    note: (segment) => [segment.public ? '' : t('운영진만'), countWords(allCues(space.content).filter((cue) => cue.segment === segment.id))].filter(Boolean).join(' · '),
    body: ({ id }) => segmentFields(space, id),
    shift: (segment, by) => space.make(shift(space.content, 'segment', segment.id, by)),
    remove: (segment) => void dropSegment(space, segment),
  });
  return { element: list.element, draw: () => list.draw(space.content.segments) };
}

/** @param {Workspace} space */
export function lanePanel(space) {
  /** @type {PartList<Lane>} */
  const lanes = new PartList({
    title: t('진행 구역'),
    add: t('구역 추가'),
    onAdd: async () => {
      const title = await named(t('새 구역'));
      if (!title) return;
      const { step, id } = addLane(space.content, space.textOf(title));
      if (space.make(step)) lanes.open(id);
    },
    name: (lane) => text(lane.title),
    note: (lane) => countWords(lane.cues),
    body: ({ id }) => [...textFields(space, 'lane', id, 'title', t('이름')), roomField(space, 'lane', id), laneColour(space, id)],
    shift: (lane, by) => space.make(shift(space.content, 'lane', lane.id, by)),
    remove: (lane) => void dropLane(space, lane),
  });
  const departments = departmentList(space);
  return {
    element: el('div', { class: 'stack' }, lanes.element, departments.element),
    draw: () => {
      lanes.draw(space.content.lanes);
      departments.draw(space.content.departments);
    },
  };
}

/** @param {Workspace} space */
function departmentList(space) {
  const replace = (/** @type {Department[]} */ list, /** @type {string} */ name) => space.make(setDepartments(space.content, list, name));
  const replaced = (/** @type {string} */ id, /** @type {'ko' | 'en'} */ lang, /** @type {string} */ words) =>
    space.content.departments.map((one) => (one.id === id ? { ...one, title: { ...one.title, [lang]: words } } : one));
  /** @type {PartList<Department>} */
  const list = new PartList({
    title: t('메모를 적는 부서'),
    add: t('부서 추가'),
    onAdd: async () => {
      const title = await named(t('새 부서'));
      const id = newId();
      if (title && replace([...space.content.departments, { id, title: space.textOf(title) }], t('부서 추가: {title}', { title }))) list.open(id);
    },
    name: ({ title }) => text(title),
    note: ({ id }) => t('메모 {n}개', { n: allCues(space.content).filter((cue) => cue.notes[id]).length }),
    body: ({ id }) => space.settings.languages.map((lang, index) => {
      const label = space.settings.languages.length === 1 ? t('이름') : lang === 'ko' ? t('{label} (한국어)', { label: t('이름') }) : t('{label} (영어)', { label: t('이름') });
      const field = new Field({
        label,
        lang,
        most: 300,
        commit: (typed) => {
          if (index === 0 && !typed.trim()) return t('이름을 적어 주세요.');
          replace(replaced(id, lang, typed.trim()), t('부서 이름 바꾸기: {title}', { title: typed.trim() }));
          return '';
        },
      });
      return { element: field.element, show: (/** @type {Department} */ one) => field.show(one.title[lang] ?? '') };
    }),
    shift: (department, by) => replace(shifted(space.content.departments, department.id, by), t('순서 바꾸기: {title}', { title: text(department.title) })),
    remove: (department) => void dropDepartment(space, department, replace),
  });
  return list;
}

/**
 * @param {Workspace} space
 * @param {string} id
 */
function segmentFields(space, id) {
  const shown = checkField(t('참석자에게 보이기'), (on) => put(space, 'segment', id, { public: on }, t('참석자에게 보이기')));
  const kinds = () => space.settings.kinds.map(({ value, label }) => /** @type {[string, string]} */ ([value, label]));
  return [
    ...textFields(space, 'segment', id, 'title', t('이름')),
    choiceField(space, 'segment', id, 'kind', t('종류'), kinds),
    roomField(space, 'segment', id),
    ...textFields(space, 'segment', id, 'note', t('안내 글')),
    speakerFields(space, id, 'segment'),
    { element: shown.element, show: (/** @type {Segment} */ segment) => shown.show(segment.public) },
  ];
}

/**
 * @param {Workspace} space
 * @param {Segment} segment
 */
async function dropSegment(space, segment) {
  const own = allCues(space.content).filter((cue) => cue.segment === segment.id);
  const others = space.content.segments.filter((one) => one.id !== segment.id);
  const heir = own.length === 0 ? REMOVE : await choose({
    title: t('{title} 삭제', { title: text(segment.title) }),
    body: t('이 구간에 순서 {n}개가 있습니다: {titles}', { n: own.length, titles: someTitles(own) }),
    label: t('순서는'),
    options: [...others.map((one) => /** @type {[string, string]} */ ([one.id, t('{title}(으)로 옮기기', { title: text(one.title) })])), [REMOVE, t('함께 삭제')]],
    action: t('구간 삭제'),
    danger: true,
  });
  if (heir !== null) space.make(removeSegment(space.content, segment.id, heir || null));
}

/**
 * @param {Workspace} space
 * @param {Lane} lane
 */
async function dropLane(space, lane) {
  const others = space.content.lanes.filter((one) => one.id !== lane.id);
  const heir = lane.cues.length === 0 ? REMOVE : await choose({
    title: t('{title} 삭제', { title: text(lane.title) }),
    body: t('이 구역에 순서 {n}개가 있습니다: {titles}', { n: lane.cues.length, titles: someTitles(lane.cues) }),
    label: t('순서는'),
    options: [...others.map((one) => /** @type {[string, string]} */ ([one.id, t('{title}(으)로 옮기기', { title: text(one.title) })])), [REMOVE, t('함께 삭제')]],
    action: t('구역 삭제'),
    danger: true,
  });
  if (heir !== null) space.make(removeLane(space.content, lane.id, heir || null));
}

/**
 * @param {Workspace} space
 * @param {Department} department
 * @param {(list: Department[], name: string) => boolean} put
 */
async function dropDepartment(space, department, put) {
  const { id, title } = department;
  const noted = allCues(space.content).filter((cue) => cue.notes[id]);
  const name = t('부서 삭제: {title}', { title: text(title) });
  const sure = noted.length === 0 || (await ask({
    title: t('{title} 삭제', { title: text(title) }),
    body: t('이 부서의 메모 {n}개도 삭제됩니다: {titles}', { n: noted.length, titles: noted.slice(0, 5).map((cue) => `${cue.number} “${cue.notes[id].slice(0, 40)}”`).join(', ') + (noted.length > 5 ? ' …' : '') }),
    action: t('부서와 메모 삭제'),
  }));
  if (sure) put(space.content.departments.filter((one) => one.id !== id), name);
}

/** @param {string} title */
async function named(title) {
  return (await askText({ title, label: t('이름'), action: t('만들기') }))?.trim() ?? '';
}

/** @param {import('#hub/agenda/editor/model.js').Cue[]} cues */
function countWords(cues) {
  return t('순서 {n}개 · {length}', { n: cues.length, length: lengthWords(totalOf(cues)) });
}

/** @param {import('#hub/agenda/editor/model.js').Cue[]} cues */
function someTitles(cues) {
  return cues.slice(0, 5).map((cue) => text(cue.title)).join(', ') + (cues.length > 5 ? ' …' : '');
}

/**
 * @param {Department[]} list
 * @param {string} id
 * @param {-1 | 1} by
 */
function shifted(list, id, by) {
  const index = list.findIndex((one) => one.id === id);
  const to = index + by;
  if (to < 0 || to >= list.length) return list;
  const others = list.filter((one) => one.id !== id);
  return [...others.slice(0, to), list[index], ...others.slice(to)];
}
