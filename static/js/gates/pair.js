/** Pairs this browser as a device: the code is taken out of the address, so that it is neither seen nor kept in the history; not while cookies are blocked. */
import { offerWayOut } from '#hub/access/in-app.js';
import { keepPairing, pairings } from '#hub/checkin/device.js';
import { tellWaiting } from '#hub/checkin/queue/waiting-here.js';
import { cookieWords, cookiesRefused } from '#hub/web/cookies.js';
import { need } from '#hub/web/dom.js';
import { press } from '#hub/web/press.js';

const inApp = offerWayOut();
const form = /** @type {HTMLFormElement} */ (need('#pair'));
const field = /** @type {HTMLInputElement} */ (need('#code'));
const code = decodeURIComponent(location.hash.slice(1));

if (code) {
  field.value = code;
  need('#paste').hidden = true;
  if (inBrowserOfIos() && !inApp) {
    need('#home-screen-code').textContent = code;
    need('#home-screen').hidden = false;
  }
  if (!inApp && !cookiesRefused()) history.replaceState(null, '', location.pathname + location.search);
  need(inApp ? '#in-app a:not([hidden]), #copy-link' : '.enter-button').focus();
} else {
  field.focus();
}
if (!cookiesRefused()) void tellWaiting(need('#scans-waiting'));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void pair();
});

async function pair() {
  need('#pair-error').hidden = true;
  if (cookiesRefused()) return say(cookieWords());
  const answer = await press(need('.enter-button'), '/checkin/pair', { code: field.value, earlier: pairings() });
  if (!answer) return;
  if (!answer.ok) {
    say(answer.message);
    need('#paste').hidden = false;
    return;
  }
  const { conf, device, key } = answer.data;
  keepPairing(conf, { device, key });
  location.assign(`/checkin/?conf=${encodeURIComponent(conf)}`);
}

/** @param {string} words what is wrong */
function say(words) {
  const error = need('#pair-error');
  error.textContent = words;
  error.hidden = false;
}

/** An app on the home screen of iOS has storage of its own: what is paired in Safari is not paired there. */
function inBrowserOfIos() {
  const ios = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
  return ios && !matchMedia('(display-mode: standalone)').matches;
}
