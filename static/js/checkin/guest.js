/** The desk's page of one guest: their badge and their personal link. */
import { badgeDialog, linkDialog } from '#hub/checkin/guest-dialogs.js';
import { pageData } from '#hub/web/dom.js';

/** @typedef {import('#hub/checkin/guest-dialogs.js').Guest} Guest */
/** @typedef {import('#hub/checkin/guest-dialogs.js').Link} Link */
/** @typedef {{conf: string, zone: string, guest: Guest, badge: boolean, link: Link | null}} Data */

const badgeButton = document.querySelector('#badge');
const linkButton = /** @type {HTMLButtonElement | null} */ (document.querySelector('#link'));

if (badgeButton && linkButton) {
  /** @type {Data} */
  const { conf, guest, badge, link } = pageData();
  let present = link ?? undefined;
  badgeButton.addEventListener('click', () => badgeDialog(conf, guest, { badge }, () => location.reload()));
  linkButton.addEventListener('click', () => {
    void linkDialog(conf, guest, linkButton, present, (now) => (present = now));
  });
}
