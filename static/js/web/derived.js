/** What is reckoned from lists that nobody changes, kept for as long as they are the same. */

/**
 * Keep what `make` returns for a list (or another object) until the list is given up.
 * @template {object} L
 * @template R
 * @param {(list: L) => R} make must depend on nothing else
 * @returns {(list: L) => R}
 */
export function derived(make) {
  /** @type {WeakMap<L, R>} */
  const known = new WeakMap();
  return (list) => {
    const found = known.get(list) ?? make(list);
    known.set(list, found);
    return found;
  };
}

/**
 * Keep what `make` returns for each key.
 * @template R
 * @param {(key: string) => R} make must depend on nothing that changes
 * @returns {(key: string) => R}
 */
export function byKey(make) {
  /** @type {Map<string, R>} */
  const known = new Map();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

/** So many seconds are kept: more than the cues of a long day name. */
const MOST_SECONDS = 2_000;

/**
 * Keep what `make` returns for each second: forty lanes show the same times again and again.
 * @template R
 * @param {(ms: number) => R} make must depend on nothing that changes; is given whole seconds (ms since 1970)
 * @returns {(ms: number) => R}
 */
export function bySecond(make) {
  /** @type {Map<number, R>} */
  const known = new Map();
  return (ms) => {
    const second = Math.floor(ms / 1000) * 1000;
    const found = known.get(second) ?? make(second);
    if (known.size >= MOST_SECONDS) known.clear();
    known.set(second, found);
    return found;
  };
}

/**
 * Keep what `make` returns for a source until that changes or another instant is asked for: many parts of a screen ask for the same one.
 * @template {{readonly version: number}} S
 * @template R
 * @param {(source: S, now: number) => R} make must depend on nothing else
 * @returns {(source: S, now: number) => R}
 */
export function atInstant(make) {
  /** @type {WeakMap<S, {version: number, now: number, found: R}>} */
  const last = new WeakMap();
  return (source, now) => {
    const kept = last.get(source);
    if (kept && kept.version === source.version && kept.now === now) return kept.found;
    const found = make(source, now);
    last.set(source, { version: source.version, now, found });
    return found;
  };
}

/**
 * The items by what `key` says of each, in their order.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => string} key
 * @returns {Map<string, T[]>}
 */
export function grouped(items, key) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/**
 * Draw again only when one of the things to draw is another one than last time.
 * @template {unknown[]} A
 * @param {(...shown: A) => void} draw must depend on nothing else
 * @returns {(...shown: A) => void}
 */
export function whenOther(draw) {
  /** @type {A | null} */
  let last = null;
  return (...shown) => {
    if (last?.every((one, index) => one === shown[index])) return;
    last = shown;
    draw(...shown);
  };
}
