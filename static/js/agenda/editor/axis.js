/**
 * One axis of time for all lanes. It is elastic: every cue is tall enough to be read, however short it is, and long stretches
 * in which nothing happens, such as nights, are folded. Heights are in pixels.
 */

/** @typedef {{from: number, to: number}} Span ms since 1970 */
/** @typedef {{from: number, to: number, top: number, height: number, folded: boolean}} Piece a stretch without a boundary inside */
/** @typedef {{pieces: Piece[], height: number}} Axis */

const FOLD_MS = 2 * 3_600_000;
const FOLDED_PX = 56;
const MINUTE_MS = 60_000;

/**
 * @param {Span[]} spans the cues of all lanes
 * @param {{perMinute: number, least: number}} scale `perMinute`: pixels of a minute, `least`: of the shortest cue
 * @returns {Axis}
 */
export function axisOf(spans, { perMinute, least }) {
  const times = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const busy = busyStretches(spans);
  const heights = times.slice(1).map((to, index) => (isFree(busy, times[index], to) && to - times[index] >= FOLD_MS ? FOLDED_PX : ((to - times[index]) / MINUTE_MS) * perMinute));
  stretch(spans, times, heights, least);
  let top = 0;
  const pieces = heights.map((height, index) => {
    const piece = { from: times[index], to: times[index + 1], top, height, folded: isFree(busy, times[index], times[index + 1]) && times[index + 1] - times[index] >= FOLD_MS };
    top += height;
    return piece;
  });
  return { pieces, height: top };
}

/**
 * Where an instant stands on the axis.
 * @param {Axis} axis
 * @param {number} ms
 */
export function topOf({ pieces, height }, ms) {
  const piece = pieces[lastIndex(pieces, (one) => one.from <= ms)];
  if (!piece) return 0;
  if (ms >= piece.to) return piece === pieces.at(-1) ? height : piece.top + piece.height;
  return piece.top + (piece.height * (ms - piece.from)) / (piece.to - piece.from);
}

/**
 * The instant at a place of the axis, on a multiple of `stepMs`.
 * @param {Axis} axis
 * @param {number} top
 * @param {number} stepMs
 */
export function timeAt({ pieces, height }, top, stepMs) {
  const piece = pieces[Math.max(0, lastIndex(pieces, (one) => one.top <= top))];
  if (!piece) return null;
  const perMs = piece.height / (piece.to - piece.from);
  const beyond = top > height ? (top - height) / Math.max(perMs, 1e-6) : 0;
  const ms = beyond ? piece.to + Math.min(beyond, 6 * 3_600_000) : piece.from + Math.max(0, top - piece.top) / perMs;
  return Math.round(ms / stepMs) * stepMs;
}

/**
 * Make every span at least that tall, the shortest first: a longer one that holds it grows with it.
 * @param {Span[]} spans
 * @param {number[]} times
 * @param {number[]} heights
 * @param {number} least
 */
function stretch(spans, times, heights, least) {
  const place = new Map(times.map((time, index) => [time, index]));
  const short = spans.filter(({ from, to }) => to > from).toSorted((a, b) => a.to - a.from - (b.to - b.from));
  for (const { from, to } of short) {
    const first = place.get(from) ?? 0;
    const last = place.get(to) ?? 0;
    let height = 0;
    for (let index = first; index < last; index += 1) height += heights[index];
    if (height >= least) continue;
    for (let index = first; index < last; index += 1) heights[index] *= least / height;
  }
}

/**
 * @param {Span[]} spans
 * @returns {Span[]} in order, without those that meet
 */
function busyStretches(spans) {
  /** @type {Span[]} */
  const merged = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/**
 * @param {Span[]} busy
 * @param {number} from
 * @param {number} to
 */
function isFree(busy, from, to) {
  return !busy.some((span) => span.from < to && span.to > from);
}

/**
 * The last index whose item fits, in a list where those that fit come first; -1 when none does.
 * @template T
 * @param {T[]} list
 * @param {(item: T) => boolean} fits
 */
function lastIndex(list, fits) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(list[middle])) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
