/** What the gate says while nobody is signed in: the way back, and that what was scanned waits. Signing in in another window brings the page back. */
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
    notice.hidden = !known.page && !known.scans;
  };
}
