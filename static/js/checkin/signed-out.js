/** What the gate says while nobody is signed in: the way back, and that what was scanned waits; or that cookies are blocked, and signing in would not help. Signing in in another window brings the page back. */
import { cookieWords, cookiesRefused } from '#hub/web/cookies.js';
import { el } from '#hub/web/dom.js';
import { onSignedIn } from '#hub/web/signed-in.js';

/** @typedef {{page?: boolean, scans?: boolean}} Signs whether the page's connection, and the sending of scans, were refused for want of a session */

/**
 * @param {HTMLElement} notice
 * @returns {(signs: Signs) => void} to be told what changed
 */
export function signedOutNotice(notice) {
  let known = { page: false, scans: false };
  onSignedIn(() => {
    if (!notice.hidden) location.reload();
  });
  return (signs) => {
    known = { ...known, ...signs };
    const shown = known.page || known.scans;
    if (shown && notice.hidden && cookiesRefused()) notice.prepend(el('p', null, cookieWords()));
    notice.hidden = !shown;
  };
}
