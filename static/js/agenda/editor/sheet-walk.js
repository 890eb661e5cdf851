/** The cells of the sheet: which one an element is, and where a key leads from one. */

/** @typedef {import('#hub/agenda/editor/cell.js').Way} Way */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */
/** @typedef {{lane: string, row: string, column: number}} Spot `row`: the id of a cue, or NEW */

/** The empty row at the end of a lane. */
export const NEW = 'new';
const PAGE = 10;

/**
 * The cell to which a key leads, null where it leads out of the sheet.
 * @param {Spot} spot
 * @param {Way} way
 * @param {readonly Lane[]} lanes
 * @param {number} columns how many there are
 * @returns {Spot | null}
 */
export function stepFrom(spot, way, lanes, columns) {
  const rows = lanes.flatMap((lane) => [...lane.cues.map((cue) => ({ lane: lane.id, row: cue.id })), { lane: lane.id, row: NEW }]);
  const at = rows.findIndex(({ lane, row }) => lane === spot.lane && row === spot.row);
  const last = columns - 1;
  const vertical = { 'up': -1, 'down': 1, 'page-up': -PAGE, 'page-down': PAGE }[/** @type {string} */ (way)];
  if (vertical !== undefined) return { ...rows[Math.max(0, Math.min(rows.length - 1, at + vertical))], column: spot.column };
  if (way === 'first' || way === 'last') return { ...spot, column: way === 'first' ? 0 : last };
  const column = spot.column + (way === 'left' || way === 'back' ? -1 : 1);
  if (column >= 0 && column <= last) return { ...spot, column };
  if (way === 'left' || way === 'right') return null;
  const next = rows[at + (column < 0 ? -1 : 1)];
  return next ? { ...next, column: column < 0 ? last : 0 } : null;
}

/**
 * @param {EventTarget | null} target
 * @returns {Spot | null}
 */
export function spotOf(target) {
  const cell = target instanceof Element ? target.closest('[data-column]') : null;
  const row = cell?.closest('[data-row]');
  const lane = cell?.closest('[data-lane]');
  if (!(cell instanceof HTMLElement && row instanceof HTMLElement && lane instanceof HTMLElement)) return null;
  return { lane: lane.dataset.lane ?? '', row: row.dataset.row ?? '', column: Number(cell.dataset.column) };
}
