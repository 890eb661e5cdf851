/**
 * The documents of a screen as they were last, kept in this browser: a screen that starts without the hub shows its last picture.
 * What is public is kept for as long as the browser; a page that knows more says `thisTab`.
 */

/** @typedef {{docs: Record<string, object>, head: number, offset: number, page?: object}} Picture `offset`: how far the hub's clock is ahead of this machine's (ms); `page`: what the page itself knew */

const PREFIX = 'hub-screen ';

/** Kept by address: several screens live in one browser. */
function place() {
  return PREFIX + location.pathname + location.search;
}

/**
 * @param {Picture} picture
 * @param {() => Storage} [storage] asking for it throws where it is forbidden
 */
export function keepPicture(picture, storage = forever) {
  try {
    storage().setItem(place(), JSON.stringify(picture));
  } catch {
    forgetPicture(storage); // full or forbidden: better none than an old one
  }
}

/**
 * What an earlier version of the hub kept says nothing of its clock: the machine's own counts then.
 * @param {() => Storage} [storage]
 * @returns {Picture | null}
 */
export function lastPicture(storage = forever) {
  try {
    const picture = JSON.parse(storage().getItem(place()) ?? 'null');
    return picture && { offset: 0, ...picture };
  } catch {
    return null;
  }
}

/**
 * A screen that may not be shown any more keeps nothing.
 * @param {() => Storage} [storage]
 */
export function forgetPicture(storage = forever) {
  try {
    storage().removeItem(place());
  } catch {
    // nothing can be kept here
  }
}

function forever() {
  return localStorage;
}

/** What ends with the tab. */
export function thisTab() {
  return sessionStorage;
}
