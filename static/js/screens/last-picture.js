/** The documents of a screen as they were last, kept in this browser: a screen that starts without the hub shows its last picture. */

/** @typedef {{docs: Record<string, object>, head: number}} Picture */

const PREFIX = 'hub-screen ';

/** Kept by address: several screens live in one browser. */
function place() {
  return PREFIX + location.pathname + location.search;
}

/** @param {Picture} picture */
export function keepPicture(picture) {
  try {
    localStorage.setItem(place(), JSON.stringify(picture));
  } catch {
    forgetPicture(); // full or forbidden: better none than an old one
  }
}

/** @returns {Picture | null} */
export function lastPicture() {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? 'null');
  } catch {
    return null;
  }
}

/** A screen that may not be shown any more keeps nothing. */
export function forgetPicture() {
  try {
    localStorage.removeItem(place());
  } catch {
    // nothing can be kept here
  }
}
