/** What is made of the text that was typed or pasted into the cells of a sheet. */
import { valueAt, withFields } from '#hub/agenda/editor/changes.js';
import { cellStep, cueBefore, pathsOf } from '#hub/agenda/editor/columns.js';
import { addSegment } from '#hub/agenda/editor/frame-steps.js';
import { findCue } from '#hub/agenda/editor/model.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { addCue, stepOf } from '#hub/agenda/editor/steps.js';
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/columns.js').Column} Column */
/** @typedef {import('#hub/agenda/editor/columns.js').Written} Written */
/** @typedef {import('#hub/agenda/editor/changes.js').Fields} Fields */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/sheet-walk.js').Spot} Spot */

const NEW = 'new';
const MOST_PASTED = 200;

export class SheetWriter {
  #space;
  /** The cue that was added last from an empty row. @type {string | null} */
  added = null;

  /** @param {Workspace} space */
  constructor(space) {
    this.#space = space;
  }

  get #dayStart() {
    return Date.parse(this.#space.settings.startsAt);
  }

  /**
   * What a column's fields hold as the hand begins.
   * @param {Cue} cue
   * @param {Column} column
   * @returns {Fields}
   */
  begin(cue, column) {
    return Object.fromEntries(pathsOf(column.id).map((path) => [path, valueAt(cue, path)]));
  }

  /**
   * Write a cell.
   * @param {string} typed
   * @param {Spot} spot
   * @param {Column} column
   * @param {Fields | null} begun
   * @returns {string} why it was refused; empty when it was written
   */
  write(typed, spot, column, begun) {
    if (spot.row === NEW) return this.#writeNew(typed, spot, column);
    const cue = findCue(this.#space.content, spot.row)?.cue;
    if (!cue) return '';
    const written = column.write(typed, this.#row(this.#space.content, cue, spot.lane));
    if ('error' in written) return written.error;
    const seen = Object.fromEntries(Object.entries(begun ?? {}).filter(([path]) => path in written.fields));
    this.#space.make(cellStep(this.#space.content, cue, column, written, seen));
    return '';
  }

  /**
   * Fill cells from what was copied in another table: rows are lines, cells are parted by tabs. Rows beyond the last one are added.
   * @param {string} words
   * @param {Spot} spot
   * @param {Column[]} columns
   * @returns {boolean} false when it is no table
   */
  paste(words, spot, columns) {
    const rows = words.replace(/\r/g, '').replace(/\n$/, '').split('\n').map((line) => line.split('\t'));
    if (rows.length === 1 && rows[0].length === 1) return false;
    if (rows.length > MOST_PASTED) {
      notify(t('한 번에 {n}줄까지 붙여 넣을 수 있습니다.', { n: MOST_PASTED }), { kind: 'bad' });
      return true;
    }
    const pasted = this.#pasted(rows, spot, columns);
    if (typeof pasted === 'string') notify(pasted, { kind: 'bad' });
    else this.#space.make(stepOf(t('{n}줄 붙여 넣기', { n: rows.length }), pasted));
    return true;
  }

  /**
   * Say what was typed and not kept, since its cell is left.
   * @param {string} typed
   * @param {string} words
   */
  refused(typed, words) {
    notify(t('“{typed}”은(는) 넣지 않았습니다. {words}', { typed, words }), { kind: 'bad' });
  }

  /**
   * @param {string} typed
   * @param {Spot} spot
   * @param {Column} column
   */
  #writeNew(typed, { lane }, column) {
    if (!typed.trim()) return '';
    const made = this.#newCue(this.#space.content, lane, { [column.id]: typed }, [column]);
    if (typeof made === 'string') return made;
    if (this.#space.make(made.step)) this.added = made.id;
    return '';
  }

  /**
   * The step that adds a cue with the texts of some columns, and a segment if there is none.
   * @param {Content} content
   * @param {string} lane
   * @param {Record<string, string>} typed by column
   * @param {Column[]} columns
   */
  #newCue(content, lane, typed, columns) {
    const first = content.segments.length === 0 && !typed.segment ? addSegment(content, this.#space.textOf(t('본 순서'))) : null;
    let whole = first ? made(content, first.step) : content;
    /** @type {Fields} */
    let fields = {};
    /** @type {Change[]} */
    const before = first?.step.changes.slice() ?? [];
    for (const column of columns.filter(({ id }) => (typed[id] ?? '').trim())) {
      const written = column.write(typed[column.id], this.#row(whole, null, lane));
      if ('error' in written) return written.error;
      fields = { ...fields, ...written.fields };
      before.push(...(written.segment?.step.changes ?? []));
      if (written.segment) whole = made(whole, written.segment.step);
    }
    const title = `title.${this.#space.main}`;
    const given = withFields({}, { [title]: t('새 순서'), ...fields });
    const added = addCue(whole, lane, null, given, this.#dayStart);
    return added ? { ...added, step: { ...added.step, changes: [...before, ...added.step.changes] } } : t('먼저 구간을 만들어 주세요.');
  }

  /**
   * @param {string[][]} rows
   * @param {Spot} spot
   * @param {Column[]} columns
   * @returns {Change[] | string}
   */
  #pasted(rows, spot, columns) {
    let content = this.#space.content;
    /** @type {Change[]} */
    const changes = [];
    const lane = content.lanes.find((one) => one.id === spot.lane);
    const start = spot.row === NEW ? (lane?.cues.length ?? 0) : (findCue(content, spot.row)?.index ?? 0);
    for (const [index, cells] of rows.entries()) {
      const under = columns.slice(spot.column, spot.column + cells.length);
      const typed = Object.fromEntries(under.map((column, at) => [column.id, cells[at]]));
      const cue = lane?.cues[start + index] ?? null;
      const found = cue ? this.#rewritten(content, cue, spot.lane, typed, under) : this.#newCue(content, spot.lane, typed, under);
      if (typeof found === 'string') return t('{n}번째 줄: {words}', { n: index + 1, words: found });
      const step = found.step;
      if (!step) continue;
      changes.push(...step.changes);
      content = made(content, step);
    }
    return changes;
  }

  /**
   * @param {Content} content
   * @param {Cue} cue
   * @param {string} lane
   * @param {Record<string, string>} typed
   * @param {Column[]} columns
   */
  #rewritten(content, cue, lane, typed, columns) {
    /** @type {Change[]} */
    const changes = [];
    let now = content;
    for (const column of columns) {
      const own = findCue(now, cue.id)?.cue ?? cue;
      if (typed[column.id].trim() === column.value(own, { zone: this.#space.settings.zone, content: now })) continue;
      const written = column.write(typed[column.id], this.#row(now, own, lane));
      if ('error' in written) return written.error;
      const step = cellStep(now, own, column, written, {});
      if (!step) continue;
      changes.push(...step.changes);
      now = made(now, step);
    }
    return { step: stepOf('', changes) };
  }

  /**
   * @param {Content} content
   * @param {Cue | null} cue
   * @param {string} lane
   */
  #row(content, cue, lane) {
    const previous = cueBefore(content, cue?.id ?? null, lane);
    return { content, cue, previous, zone: this.#space.settings.zone, main: this.#space.main, dayStart: this.#dayStart };
  }
}
