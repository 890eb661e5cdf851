/** The rows of a sheet as they are drawn: cues, days, gaps, overlaps, and the line above a lane. */
import { findSegment } from '#hub/agenda/editor/model.js';
import { totalOf } from '#hub/agenda/editor/rows.js';
import { addCue } from '#hub/agenda/editor/steps.js';
import { whereOthersAre } from '#hub/agenda/editor/workspace.js';
import { problemsAt } from '#hub/agenda/editor/problems.js';
import { lengthWords } from '#hub/agenda/editor/words.js';
import { el, need, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { date } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/columns.js').Column} Column */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/rows.js').Line} Line */

/** What each row was last drawn of. @type {WeakMap<Element, unknown[]>} */
const drawn = new WeakMap();

/**
 * @param {Line | 'new'} line
 * @param {Column[]} columns
 * @returns {HTMLElement}
 */
export function makeLine(line, columns) {
  if (line === 'new') return cells(el('div', { class: 'sheet-row new', role: 'row', dataset: { row: 'new' } }), columns);
  if (line.kind === 'cue') return cells(el('div', { class: 'sheet-row', role: 'row', dataset: { row: line.cue.id } }), columns);
  return el('div', { class: `sheet-between ${line.kind}`, role: 'row' }, el('div', { role: 'gridcell', 'aria-colspan': columns.length + 1 }, el('span', { class: 'between-words' })));
}

/**
 * @param {Element} row
 * @param {Line} line
 * @param {Column[]} columns
 * @param {Workspace} space
 */
export function drawLine(row, line, columns, space) {
  if (line.kind === 'cue') return drawCue(/** @type {HTMLElement} */ (row), line.cue, columns, space);
  setText(need('.between-words', row), lineWords(line));
  if (line.kind === 'gap' && !row.querySelector('button')) need('[role="gridcell"]', row).append(gapButton(line.before, space));
}

/**
 * The line above a lane: its name, how long it takes, and a button that adds a cue.
 * @param {Workspace} space
 * @param {string} id
 * @param {() => void} add
 */
export function laneHead(space, id, add) {
  const title = el('h2');
  const total = el('p', { class: 'quiet small figure' });
  const button = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', onclick: add }, t('순서 추가'));
  const head = el('header', { class: 'lane-line' }, title, total, button);
  const draw = () => {
    const lane = space.content.lanes.find((one) => one.id === id);
    if (!lane) return;
    setText(title, text(lane.title));
    setText(total, t('순서 {n}개 · {length}', { n: lane.cues.length, length: lengthWords(totalOf(lane.cues)) }));
    head.style.setProperty('--lane', lane.colour ?? 'var(--line-strong)');
  };
  return Object.assign(head, { draw });
}

/**
 * @param {HTMLElement} row
 * @param {Column[]} columns
 */
function cells(row, columns) {
  row.append(el('div', { class: 'row-mark', role: 'gridcell' }, el('span', { class: 'row-state' })));
  const hint = row.dataset.row === 'new';
  columns.forEach((column, index) => {
    const cell = el('div', { class: 'cell', role: 'gridcell', dataset: { column: String(index), field: column.id } }, el('span', { class: 'cell-text' }));
    if (hint && column.id.startsWith('title.')) setText(need('.cell-text', cell), index === firstTitle(columns) ? t('다음 순서를 여기에 적으세요') : '');
    row.append(cell);
  });
  return row;
}

/** @param {Column[]} columns */
function firstTitle(columns) {
  return columns.findIndex((column) => column.id.startsWith('title.'));
}

/**
 * @param {HTMLElement} row
 * @param {Cue} cue
 * @param {Column[]} columns
 * @param {Workspace} space
 */
function drawCue(row, cue, columns, space) {
  const segment = findSegment(space.content, cue.segment);
  const problems = problemsAt(space, cue.id);
  const others = whereOthersAre(space.others).get(cue.id) ?? '';
  const selected = space.selected === cue.id;
  const unsaved = space.unsaved.has(cue.id);
  const made = [cue, segment, problems, others, selected, unsaved];
  const before = drawn.get(row);
  if (before && before.every((value, index) => value === made[index])) return;
  drawn.set(row, made);
  row.classList.toggle('selected', selected);
  row.classList.toggle('unsaved', unsaved);
  row.classList.toggle('skipped', cue.skipped);
  row.classList.toggle('soft', !cue.fixed);
  row.style.setProperty('--cue', cue.colour ?? 'transparent');
  columns.forEach((column, index) => setText(need(`[data-column="${index}"] .cell-text`, row), column.value(cue, { zone: space.settings.zone, content: space.content })));
  drawMark(row, [problems, others && t('{name} 님이 편집 중', { name: others }), cue.skipped && t('건너뜀'), unsaved && t('저장하지 않음')]);
  row.dataset.mark = problems ? 'problem' : others ? 'other' : '';
}

/**
 * @param {HTMLElement} row
 * @param {(string | false)[]} marks
 */
function drawMark(row, marks) {
  const words = marks.filter(Boolean).join(' · ');
  setText(need('.row-state', row), words);
  row.title = words;
}

/** @param {Exclude<Line, {kind: 'cue'}>} line */
function lineWords(line) {
  if (line.kind === 'day') return date(`${line.day}T12:00:00Z`, 'UTC');
  const length = lengthWords(line.ms / 1000);
  return line.kind === 'gap' ? t('{length} 비어 있음', { length }) : t('{length} 겹침', { length });
}

/**
 * @param {string} before
 * @param {Workspace} space
 */
function gapButton(before, space) {
  const fill = () => {
    const lane = space.content.lanes.find((one) => one.cues.some((cue) => cue.id === before));
    const made = lane && addCue(space.content, lane.id, before, { title: space.textOf(t('새 순서')) }, Date.parse(space.settings.startsAt));
    if (made && space.make(made.step)) space.reveal(made.id);
  };
  return el('button', { type: 'button', class: 'gap-add', tabindex: -1, onclick: fill }, t('순서 넣기'));
}
