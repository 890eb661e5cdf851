/** How large words of a stage screen are, in cqi: hundredths of the screen's width. The height is reckoned for a screen of 16:9. */
import { blockSize } from '#hub/web/fit-block.js';
import { fitSize } from '#hub/web/fit.js';

/** Less than 100 leaves the title-safe margin. */
export const ROOM = 86;
/** A roll has so much of the height; one of few lines does not fill it. */
const ROLL_HEIGHT = 37;
const TALLEST_LINE = 11.25;
const LEADING = 1.22;
/** From this size on, the organisation stands beside the name; else below it. */
const BESIDE = { name: 1.6, from: 1.2 };

/** @typedef {{room: number, lines: number, max: number, min: number}} Frame as for `fitSize` */

/**
 * In how many columns and rows the lines of a roll stand.
 * @param {number} lines
 */
export function rollGrid(lines) {
  const columns = lines <= 6 ? 1 : lines <= 16 ? 2 : 3;
  return { columns, rows: Math.ceil(lines / columns) };
}

/**
 * How a name and its organisation share their line of a roll: beside each other while both stay readable, else one below the other.
 * @param {string} name
 * @param {string} from
 * @param {number} lines how many the roll has
 * @returns {{stacked: boolean, name: Frame, from: Frame}}
 */
export function rollFrame(name, from, lines) {
  const { columns, rows } = rollGrid(lines);
  const room = ROOM / columns - (columns > 1 ? 3 : 0);
  const max = largestName(lines);
  const beside = { name: { lines: 1, max, min: 0, room: from ? room * 0.4 : room }, from: { lines: 1, max: max * 0.62, min: 0, room: room * 0.56 } };
  const least = columns === 1 ? max * 0.55 : BESIDE.name;
  const large = fitSize(name, beside.name) >= least && (!from || fitSize(from, beside.from) >= Math.max(BESIDE.from, columns === 1 ? max * 0.3 : 0));
  if (large) return { stacked: false, ...beside };
  const height = Math.min(TALLEST_LINE, ROLL_HEIGHT / rows) / LEADING;
  if (!from) return { stacked: true, name: { room, lines: 2, max: Math.min(max, height / 2), min: 0 }, from: beside.from };
  const below = { room, lines: 1, max: height * 0.34, min: 0 };
  return { stacked: true, name: { room, lines: 1, max: Math.min(max, height * 0.62), min: 0 }, from: fitSize(from, below) < 1 ? { ...below, lines: 2, max: height * 0.19 } : below };
}

/**
 * The largest size of a name in a roll: few names are large.
 * @param {number} lines
 */
function largestName(lines) {
  if (lines <= 3) return 9 - 1.25 * (lines - 1);
  return lines <= 6 ? 4.6 : 3.4;
}

/** The roll beside the name of a group: its width, and the height of one line. */
const GROUP_ROLL = { room: 32, height: 40, tallest: 3.9, readable: 1.5 };

/**
 * The one size of all names in the roll of a group; long ones take two lines before all become small.
 * @param {readonly string[]} names
 * @param {number} rows of the whole group
 * @param {number} columns
 */
export function groupRollSize(names, rows, columns) {
  const room = GROUP_ROLL.room / columns - (columns > 1 ? 1.5 : 0);
  const max = columns > 1 ? 2.3 : 2.9;
  const size = (/** @type {Frame} */ frame) => Math.min(...names.map((name) => fitSize(name, frame)), frame.max);
  const single = size({ room, lines: 1, max, min: 0 });
  if (single >= GROUP_ROLL.readable) return { size: single, wrapped: false };
  const height = Math.min(GROUP_ROLL.tallest, GROUP_ROLL.height / Math.ceil(rows / columns));
  const double = size({ room, lines: 2, max: Math.min(max, height / 2.4), min: 0 });
  return double > single ? { size: double, wrapped: true } : { size: single, wrapped: false };
}

/** The frame of what the operator writes on a stage: short words stand large in three lines, long ones fill it. */
const LAYER = { height: 42, max: 11, min: 2.5 };

/**
 * The size of what the operator writes on a stage.
 * @param {string} words
 */
export function layerSize(words) {
  return Math.max(fitSize(words, { room: ROOM, lines: 3, max: LAYER.max, min: LAYER.min }), blockSize(words, { width: ROOM, height: LAYER.height, max: LAYER.max, min: LAYER.min }));
}
