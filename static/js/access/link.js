/**
 * A sign-in link: its secret is taken out of the address into the form, so that it is neither seen nor kept in the history.
 * Inside an app it stays in the address too: the app's own menu opens that in another browser. So it does while cookies are blocked: the page has to
 * be loaded anew then.
 */
import { offerWayOut } from '#hub/access/in-app.js';
import { cookiesRefused } from '#hub/web/cookies.js';
import { need } from '#hub/web/dom.js';

const inApp = offerWayOut();
const secret = decodeURIComponent(location.hash.slice(1));
if (secret) {
  /** @type {HTMLInputElement} */ (need('#secret')).value = secret;
  need('#paste').hidden = true;
  if (!inApp && !cookiesRefused()) history.replaceState(null, '', location.pathname + location.search);
  need(inApp ? '#in-app a:not([hidden]), #copy-link' : '.enter-button').focus();
}
