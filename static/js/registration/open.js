/** The link to one's registration: its secret is taken out of the address into the form, so that it is neither seen nor kept in the history. */
import { need } from '#hub/web/dom.js';

const secret = decodeURIComponent(location.hash.slice(1));
if (secret) {
  /** @type {HTMLInputElement} */ (need('#secret')).value = secret;
  need('#paste').hidden = true;
  history.replaceState(null, '', location.pathname + location.search);
  need('form .button[data-kind="primary"]').focus();
}
