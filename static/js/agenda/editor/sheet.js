/** The plan as a sheet: one grid for each lane, a row for each cue, and an empty row at the end that takes the next one. */
import { Cell, sheetHelp } from '#hub/agenda/editor/cell.js';
import { columnsOf, SEGMENT_LIST } from '#hub/agenda/editor/columns.js';
import { findCue, same } from '#hub/agenda/editor/model.js';
import { problemsOf } from '#hub/agenda/editor/problems.js';
import { linesOf } from '#hub/agenda/editor/rows.js';
import { drawLine, laneHead, makeLine } from '#hub/agenda/editor/sheet-rows.js';
import { rowDrag } from '#hub/agenda/editor/sheet-drag.js';
import { NEW, spotOf, stepFrom } from '#hub/agenda/editor/sheet-walk.js';
import { SheetWriter } from '#hub/agenda/editor/sheet-writer.js';
import { el, need, renderList } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { InTurn } from '#hub/web/in-turn.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/columns.js').Column} Column */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {import('#hub/agenda/editor/cell.js').Way} Way */
/** @typedef {import('#hub/agenda/editor/sheet-walk.js').Spot} Spot */

/** So many lanes have their rows at once; the others get them one after the other, so that nothing else waits for all. */
const FIRST = 6;

export class Sheet {
  #space;
  #writer;
  /** @type {Column[]} */
  #columns = [];
  /** @type {Spot | null} */
  #spot = null;
  /** @type {Cell | null} */
  #cell = null;
  #keys;
  #list = el('datalist', { id: SEGMENT_LIST });
  #lanes = el('div', { class: 'sheet-lanes' });
  /** What the rows of each lane were last drawn of. @type {WeakMap<Element, unknown[]>} */
  #drawn = new WeakMap();
  /** The lanes that have no rows yet. */
  #coming = new InTurn((lane) => this.#makeRows(lane));

  /**
   * @param {Workspace} space
   * @param {(event: KeyboardEvent, cue: string | null, lane: string) => boolean} keys commands of a row
   */
  constructor(space, keys) {
    this.#space = space;
    this.#keys = keys;
    this.#writer = new SheetWriter(space);
    const help = el('p', { id: 'sheet-help', class: 'visually-hidden' }, sheetHelp());
    this.element = el('div', { class: 'sheet-view' }, help, this.#list, this.#lanes);
    rowDrag(this.#lanes, space);
    this.#lanes.addEventListener('focusin', (event) => this.#focused(event));
    this.#lanes.addEventListener('mousedown', (event) => this.#pressed(event));
  }

  /** Whether somebody is in the middle of typing. */
  get dirty() {
    return this.#cell?.dirty ?? false;
  }

  /** Commit what is typed: the page is left. */
  commit() {
    this.#cell?.commit();
  }

  draw() {
    const stand = this.#cell?.hold() ?? (() => {});
    this.#drawAll();
    stand();
    this.#refresh();
  }

  #drawAll() {
    const columns = columnsOf(this.#space.content, this.#space.settings.languages, this.#space.narrow);
    if (!same(columns.map(shape), this.#columns.map(shape))) this.#rebuild(columns);
    renderList(this.#list, this.#space.content.segments, (one) => one.id, () => el('option'), (option, { title }) => option.setAttribute('value', text(title)));
    renderList(this.#lanes, this.#space.lanes, (lane) => lane.id, (lane) => this.#makeLane(lane), (section, lane) => this.#drawLane(section, lane));
  }

  /**
   * Put the hand on a cell.
   * @param {Spot} spot
   * @param {{edit?: boolean}} [how]
   */
  focus(spot, { edit = false } = {}) {
    this.#mount(spot);
    this.#cell?.focus();
    if (edit) this.#cell?.edit(false);
    this.#cell?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /**
   * Put the hand on a cue: in the column where it is, or in that of its title.
   * @param {string} id
   * @param {{edit?: boolean}} [how]
   */
  focusCue(id, how) {
    const found = findCue(this.#space.content, id);
    if (found) this.focus({ lane: found.lane.id, row: id, column: how?.edit ? this.#titleColumn : (this.#spot?.column ?? this.#titleColumn) }, how);
  }

  /**
   * Put the hand on the empty row of a lane.
   * @param {string} lane
   */
  focusNew(lane) {
    this.focus({ lane, row: NEW, column: this.#titleColumn });
  }

  get #titleColumn() {
    return this.#columns.findIndex((column) => column.id.startsWith('title.'));
  }

  /** @param {Column[]} columns */
  #rebuild(columns) {
    this.#unmount();
    this.#columns = columns;
    renderList(this.#lanes, [], () => '', () => el('div'));
    this.#lanes.style.setProperty('--columns', columns.map(({ least, share }) => `minmax(${least}rem, ${share || 0.001}fr)`).join(' '));
    this.#lanes.style.setProperty('--least', `${columns.reduce((sum, { least }) => sum + least, 2)}rem`);
  }

  /** @param {Lane} lane */
  #makeLane(lane) {
    const heads = this.#columns.map((column) => el('div', { role: 'columnheader' }, column.label));
    return el(
      'section',
      { class: 'sheet-lane', dataset: { lane: lane.id } },
      laneHead(this.#space, lane.id, () => this.focusNew(lane.id)),
      el(
        'div',
        { class: 'sheet-frame', 'data-scrolls': true },
        el(
          'div',
          { class: 'sheet', role: 'grid', 'aria-describedby': 'sheet-help' },
          el('div', { class: 'sheet-head', role: 'row' }, el('div', { role: 'columnheader' }, el('span', { class: 'visually-hidden' }, t('상태'))), ...heads),
          el('div', { class: 'sheet-body', role: 'rowgroup' }),
          el('div', { class: 'sheet-foot', role: 'rowgroup' }, makeLine(NEW, this.#columns)),
        ),
      ),
    );
  }

  /**
   * @param {Element} section
   * @param {Lane} lane
   */
  #drawLane(section, lane) {
    need('.sheet', section).setAttribute('aria-label', text(lane.title));
    /** @type {HTMLElement} */ (section).style.setProperty('--rows', String(lane.cues.length)); // how high it is while it is not laid out
    /** @type {any} */ (need('.lane-line', section)).draw();
    const here = this.#spot?.lane === lane.id;
    if (!this.#drawn.has(section) && this.#space.lanes.indexOf(lane) >= FIRST) return this.#coming.add(lane.id);
    for (const home of section.querySelectorAll('.cell[tabindex="0"]')) home.removeAttribute('tabindex');
    this.#drawRows(section, lane);
    if (!here) this.#home(section)?.setAttribute('tabindex', '0');
  }

  /** @param {string} id of a lane whose rows are made now, if they are not there */
  #makeNow(id) {
    if (!this.#coming.has(id)) return;
    this.#coming.delete(id);
    this.#makeRows(id);
  }

  /** @param {string} id of a lane */
  #makeRows(id) {
    const section = this.#lanes.querySelector(`[data-lane="${id}"]`);
    const lane = this.#space.lanes.find((one) => one.id === id);
    if (!section || !lane) return;
    this.#drawRows(section, lane);
    this.#home(section)?.setAttribute('tabindex', '0');
  }

  /**
   * The rows of a lane, when something in them is another thing than before.
   * @param {Element} section
   * @param {Lane} lane
   */
  #drawRows(section, lane) {
    const { content, others, selected, settings, unsaved } = this.#space;
    const waiting = unsaved.size > 0 ? lane.cues.filter((cue) => unsaved.has(cue.id)).map((cue) => cue.id).join() : '';
    const wrong = problemsOf(this.#space).filter((one) => one.lane === lane.id).map(({ key, words }) => `${key} ${words}`).join('\n');
    const made = [lane, content.segments, this.#columns, wrong, others, lane.cues.some((cue) => cue.id === selected) ? selected : null, waiting];
    if (made.every((value, index) => value === this.#drawn.get(section)?.[index])) return;
    this.#drawn.set(section, made);
    const lines = linesOf(lane, settings.zone);
    const body = need('.sheet-body', section);
    renderList(body, lines, (line) => line.key, (line) => makeLine(line, this.#columns), (row, line) => drawLine(row, line, this.#columns, this.#space));
  }

  /** @param {Element} section */
  #home(section) {
    return section.querySelector(`[data-row] [data-column="${this.#titleColumn}"]`);
  }

  /** After everything was drawn: the hand stays where it is, and sees what others changed. */
  #refresh() {
    const spot = this.#spot;
    if (!spot) return;
    const gone = spot.row !== NEW && findCue(this.#space.content, spot.row)?.lane.id !== spot.lane;
    if (gone || !this.#cell?.element.isConnected) return this.#follow(spot);
    if (spot.row !== NEW) this.#cell.show(this.#valueAt(spot));
  }

  /**
   * The cell is not there any more: go with its cue, or to where it was.
   * @param {Spot} spot
   */
  #follow(spot) {
    const typed = this.#cell?.dirty ? this.#cell.typed : null;
    const had = this.#cell !== null && (document.activeElement === document.body || this.#lanes.contains(document.activeElement));
    this.#unmount();
    this.#spot = null;
    const found = findCue(this.#space.content, spot.row);
    if (typed !== null && !found) this.#writer.refused(typed, t('다른 사람이 이 순서를 삭제했습니다.'));
    if (!had) return;
    const lane = this.#space.lanes.find((one) => one.id === (found?.lane.id ?? spot.lane)) ?? this.#space.lanes[0];
    if (!lane) return this.#space.nothingLeft();
    this.focus({ ...spot, lane: lane.id, row: found ? spot.row : (this.#space.selected && findCue(this.#space.content, this.#space.selected) ? this.#space.selected : NEW) });
    if (typed !== null && found) this.#cell?.retype(typed);
  }

  /** @param {Spot} spot */
  #valueAt({ row, column }) {
    const cue = findCue(this.#space.content, row)?.cue;
    return cue ? this.#columns[column].value(cue, { zone: this.#space.settings.zone, content: this.#space.content }) : '';
  }

  /** @param {Spot} spot */
  #mount(spot) {
    this.#makeNow(spot.lane);
    const element = this.#element(spot);
    if (!element || (this.#cell?.element === element && this.#cell.element.isConnected)) return;
    this.#unmount();
    this.#spot = spot;
    for (const home of this.#lanes.querySelectorAll(`[data-lane="${spot.lane}"] [tabindex="0"]`)) home.removeAttribute('tabindex');
    const column = this.#columns[spot.column];
    const cue = findCue(this.#space.content, spot.row)?.cue ?? null;
    const lang = column.id.startsWith('title.') ? column.id.slice(6) : undefined;
    const label = cue ? `${column.label}, ${text(cue.title) || cue.number}` : t('{column}, 새 순서', { column: column.label });
    const begun = cue && this.#writer.begin(cue, column);
    this.#cell = new Cell(element, column, { value: this.#valueAt(spot), label, lang }, {
      value: () => this.#valueAt(spot),
      commit: (typed) => this.#writer.write(typed, spot, column, begun),
      go: (way) => this.#go(way),
      key: (event) => this.#keys(event, spot.row === NEW ? null : spot.row, spot.lane),
      paste: (words) => this.#writer.paste(words, spot, this.#columns),
      refused: (typed, words) => this.#writer.refused(typed, words),
    });
  }

  #unmount() {
    const cell = this.#cell;
    this.#cell = null;
    cell?.remove();
  }

  /** @param {Spot} spot */
  #element({ lane, row, column }) {
    const section = this.#lanes.querySelector(`[data-lane="${lane}"]`);
    return /** @type {HTMLElement | null} */ (section?.querySelector(`[data-row="${row}"] [data-column="${column}"]`) ?? null);
  }

  /** @param {FocusEvent} event */
  #focused({ target }) {
    const spot = spotOf(target);
    if (!spot) return;
    if (target instanceof HTMLElement && target.matches('[data-column]')) this.focus(spot);
    this.#space.select(spot.row === NEW ? null : spot.row);
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const spot = spotOf(event.target);
    if (!spot || event.button !== 0 || (event.target instanceof Element && event.target.closest('.cell-input'))) return;
    event.preventDefault();
    this.focus(spot);
  }

  /** @param {Way} way */
  #go(way) {
    const spot = this.#spot && this.#arrived(this.#spot, way);
    const to = spot && stepFrom(spot, way, this.#space.lanes, this.#columns.length);
    if (to) this.focus(to);
    return to !== null;
  }

  /**
   * Where the hand goes on from: Tab goes on in the row that the empty one has become, Enter stays for the next one.
   * @param {Spot} spot
   * @param {Way} way
   */
  #arrived(spot, way) {
    const added = spot.row === NEW ? this.#writer.added : null;
    this.#writer.added = null;
    if (added === null) return spot;
    return way === 'next' || way === 'back' ? { ...spot, row: added } : null;
  }
}

/** @param {Column} column */
function shape({ id, label, least, share }) {
  return { id, label, least, share };
}
