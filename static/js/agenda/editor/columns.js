/** The columns of the sheet: what a cell shows, what it holds while it is edited, and what is made of what was typed. */
import { setFields, stepOf, titleWith } from '#hub/agenda/editor/steps.js';
import { parseDuration, writeDuration } from '#hub/agenda/editor/duration.js';
import { addSegment } from '#hub/agenda/editor/frame-steps.js';
import { crossed } from '#hub/agenda/sync-points.js';
import { allCues, findCue, findSegment, instant, startOf } from '#hub/agenda/editor/model.js';
import { startFrom } from '#hub/agenda/editor/moment.js';
import { parseSpeakers, writeSpeakers } from '#hub/agenda/editor/speakers.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/changes.js').Fields} Fields */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {{content: Content, cue: Cue | null, previous: Cue | null, zone: string, main: 'ko' | 'en', dayStart: number}} Row
 *   `cue`: null in the empty row at the end */
/** @typedef {{fields: Fields, segment?: {step: Step, id: string}} | {error: string}} Written `segment`: is added for it */
/**
 * @typedef {{id: string, label: string, least: number, share: number, area: boolean, lines: boolean, list: string | null, most: number,
 *   value: (cue: Cue, row: {zone: string, content: Content}) => string, write: (typed: string, row: Row) => Written}} Column
 *   `least`: width in rem, `share`: of what is left; `area`: its text wraps; `lines`: and may have several lines; `list`: id of its suggestions; `most`: characters
 */

export const SEGMENT_LIST = 'segment-titles';

/**
 * @param {Content} content
 * @param {('ko' | 'en')[]} languages
 * @param {boolean} [narrow] the title comes before the times, so that it is seen without scrolling
 * @returns {Column[]}
 */
export function columnsOf(content, languages, narrow = false) {
  const number = { ...PLAIN, id: 'number', label: t('순서'), least: narrow ? 3 : 4, most: 12, value: (/** @type {Cue} */ cue) => cue.number, write: writeNumber };
  const times = [
    { ...PLAIN, id: 'start', label: t('시작'), least: narrow ? 4.75 : 6, most: 30, value: startValue, write: writeStart },
    { ...PLAIN, id: 'duration', label: t('소요'), least: narrow ? 4.5 : 5.5, most: 30, value: (/** @type {Cue} */ cue) => writeDuration(cue.planned_s), write: writeLength },
  ];
  const [main, ...others] = languages.map((lang, index) => titleColumn(lang, languages.length > 1, narrow ? 10 : index === 0 ? 14 : 11, index === 0));
  return [
    number,
    ...(narrow ? [main, ...times] : [...times, main]),
    ...others,
    { ...PLAIN, id: 'segment', label: t('구간'), least: 9, list: SEGMENT_LIST, value: segmentValue, write: writeSegment },
    ...content.departments.map(departmentColumn),
    { ...PLAIN, id: 'speakers', label: t('발표자'), least: 11, share: 1, most: 1000, value: (cue) => writeSpeakers(cue.speakers), write: writeSpeakersCell },
    ...(content.lanes.length > 1 || allCues(content).some((cue) => cue.sync) ? [syncColumn()] : []),
    ...budgetColumns(),
  ];
}

/**
 * The step that writes a cell.
 * @param {Content} content
 * @param {Cue} cue
 * @param {Column} column
 * @param {Exclude<Written, {error: string}>} written
 * @param {Fields} seen
 */
export function cellStep(content, cue, column, { fields, segment }, seen) {
  const name = t('{column} 바꾸기: {title}', { column: column.label, title: titleWith(cue, fields) || cue.number });
  if (!segment) return setFields(content, 'cue', cue.id, fields, name, seen);
  const step = setFields(content, 'cue', cue.id, fields, name, seen);
  return stepOf(name, [...segment.step.changes, ...(step?.changes ?? [])]);
}

/** The paths of the fields that a column shows: what a hand saw before it wrote. @param {string} column */
export function pathsOf(column) {
  if (column === 'start') return ['planned_start', 'fixed'];
  return [column === 'duration' ? 'planned_s' : column];
}

/** @type {Omit<Column, 'id' | 'label' | 'value' | 'write'>} */
const PLAIN = { least: 8, share: 0, area: false, lines: false, list: null, most: 300 };

/**
 * @param {'ko' | 'en'} lang
 * @param {boolean} several
 * @param {number} least
 * @param {boolean} required
 * @returns {Column}
 */
function titleColumn(lang, several, least, required) {
  const label = several ? (lang === 'ko' ? t('내용 (한국어)') : t('내용 (영어)')) : t('내용');
  const write = (/** @type {string} */ typed) => {
    const words = typed.replace(/\s+/g, ' ').trim();
    return words || !required ? { fields: { [`title.${lang}`]: words } } : { error: t('내용을 적어 주세요.') };
  };
  return { ...PLAIN, id: `title.${lang}`, label, least, share: required ? 2 : 1, area: true, value: (cue) => cue.title[lang] ?? '', write };
}

/**
 * @param {import('#hub/agenda/editor/model.js').Department} department
 * @returns {Column}
 */
function departmentColumn({ id, title }) {
  const write = (/** @type {string} */ typed) => ({ fields: { [`notes.${id}`]: typed.trim() } });
  return { ...PLAIN, id: `notes.${id}`, label: text(title), least: 11, share: 1, area: true, lines: true, most: 2000, value: (cue) => cue.notes[id] ?? '', write };
}

/** The word of a sync point, in plans of several lanes: cues with the same one start together. @returns {Column} */
function syncColumn() {
  return { ...PLAIN, id: 'sync', label: t('동시 시작'), least: 6, most: 20, value: (cue) => cue.sync ?? '', write: writeSync };
}

/**
 * @param {string} typed
 * @param {Row} row
 * @returns {Written}
 */
function writeSync(typed, { content, cue }) {
  const sync = typed.trim() || null;
  if (sync === null || cue === null) return { fields: { sync } };
  const lanes = content.lanes.map((lane) => ({ ...lane, cues: lane.cues.map((one) => (one.id === cue.id ? { ...one, sync } : one)) }));
  const other = findCue(content, cue.id)?.lane.cues.find((one) => one.id !== cue.id && one.sync === sync && !one.skipped);
  if (other) return { error: t('같은 구역의 {number}번이 이미 이 동시 시작입니다.', { number: other.number }) };
  return crossed(lanes) ? { error: t('구역마다 동시 시작의 차례가 달라집니다.') } : { fields: { sync } };
}

/** How a cue may make up time: how short it may be, and whether it may be left out. @returns {Column[]} */
function budgetColumns() {
  const shortest = (/** @type {Cue} */ cue) => (cue.shortest_s ? writeDuration(cue.shortest_s) : '');
  return [
    { ...PLAIN, id: 'shortest_s', label: t('최소 시간'), least: 5.5, most: 30, value: shortest, write: writeShortest },
    { ...PLAIN, id: 'droppable', label: t('생략 가능'), least: 5.5, most: 10, value: (cue) => (cue.droppable ? t('예') : ''), write: writeDroppable },
  ];
}

/**
 * @param {string} typed empty: it is not cut
 * @param {Pick<Row, 'cue'>} row
 * @returns {Written}
 */
export function writeShortest(typed, { cue }) {
  const seconds = typed.trim() ? parseDuration(typed) : null;
  if (typed.trim() && seconds === null) return { error: t('2:00이나 30초처럼 적어 주세요.') };
  if (cue && (seconds ?? 0) > cue.planned_s) return { error: t('최소 시간은 소요보다 길 수 없습니다.') };
  return { fields: { shortest_s: seconds } };
}

/** What is typed for yes and for no, as cue sheets have it. */
const YES = ['예', '네', '가능', 'o', '○', 'v', 'y', 'yes', '1'];
const NO = ['', '아니요', '아니오', '불가', 'x', '-', 'n', 'no', '0'];

/**
 * @param {string} typed
 * @returns {Written}
 */
function writeDroppable(typed) {
  const word = typed.trim().toLowerCase();
  if (YES.includes(word)) return { fields: { droppable: true } };
  return NO.includes(word) ? { fields: { droppable: false } } : { error: t('예 또는 아니요로 적어 주세요.') };
}

/**
 * @param {string} typed
 * @param {Row} row
 * @returns {Written}
 */
function writeNumber(typed, { content, cue }) {
  const number = typed.trim();
  if (!number) return { error: t('번호를 적어 주세요.') };
  const other = allCues(content).find((one) => one.number === number && one.id !== cue?.id);
  return other ? { error: t('{number}번은 이미 있습니다: {title}', { number, title: text(other.title) }) } : { fields: { number } };
}

/** @type {Column['value']} */
function startValue(cue, { zone }) {
  return writeClock(localOf(startOf(cue), zone).seconds);
}

/**
 * @param {string} typed
 * @param {Row} row
 * @returns {Written}
 */
function writeStart(typed, { cue, previous, zone, dayStart }) {
  if (!typed.trim()) return previous ? { fields: { fixed: false } } : { error: t('첫 순서는 시작 시각이 있어야 합니다.') };
  const now = cue ? startOf(cue) : previous ? startOf(previous) : dayStart;
  const ms = startFrom(typed, { now, previous: previous && startOf(previous), zone });
  return ms === null ? { error: t('시각을 9:30처럼 적어 주세요.') } : { fields: { fixed: true, planned_start: instant(ms) } };
}

/**
 * @param {string} typed
 * @returns {Written}
 */
function writeLength(typed) {
  const seconds = parseDuration(typed);
  return seconds === null ? { error: t('소요 시간을 10, 10:00, 1시간 5분처럼 적어 주세요. 하루까지 됩니다.') } : { fields: { planned_s: seconds } };
}

/** @type {Column['value']} */
function segmentValue(cue, { content }) {
  return text(findSegment(content, cue.segment)?.title);
}

/**
 * @param {string} typed
 * @param {Row} row
 * @returns {Written}
 */
function writeSegment(typed, { content, main }) {
  const words = typed.trim();
  if (!words) return { error: t('구간을 적어 주세요.') };
  const known = content.segments.find(({ title }) => [title.ko, title.en].some((one) => one && one.toLowerCase() === words.toLowerCase()));
  if (known) return { fields: { segment: known.id } };
  const segment = addSegment(content, { ko: '', en: '', [main]: words });
  return { fields: { segment: segment.id }, segment };
}

/**
 * @param {string} typed
 * @returns {Written}
 */
function writeSpeakersCell(typed) {
  return { fields: { speakers: parseSpeakers(typed) } };
}

/**
 * The cue before another one in its lane, or the last one of the lane.
 * @param {Content} content
 * @param {string | null} id
 * @param {string} laneId
 */
export function cueBefore(content, id, laneId) {
  if (id === null) return content.lanes.find((lane) => lane.id === laneId)?.cues.at(-1) ?? null;
  const found = findCue(content, id);
  return found?.lane.cues[found.index - 1] ?? null;
}
