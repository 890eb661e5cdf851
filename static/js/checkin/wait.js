/**
 * Waiting for check-in from elsewhere: at the instant at which it opens, the guest is checked in and led to the live page. A page that
 * nobody looks at waits until somebody does: who is not there is not present. When the conference is moved, the page is loaded anew.
 */
import { showViewerTime } from '#hub/conferences/viewer-time.js';
import { followDay } from '#hub/live/follow.js';
import { messageArea } from '#hub/messages/area.js';
import { countdown } from '#hub/web/countdown.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { everySecond, serverNow, toMs } from '#hub/web/time.js';
import { moved, opening } from '#hub/checkin/opening.js';

/** @type {{conf: string, zone: string, opens_at: string, starts_at: string, ends_at: string, state: string}} */
const page = pageData();
const form = /** @type {HTMLFormElement} */ (need('#enter'));
/** Not all who wait come within one second. */
const at = toMs(page.opens_at) + 500 + Math.random() * 4_000;
const early = serverNow() < toMs(page.opens_at);
let sent = false;

showViewerTime(need('#viewer-time'), page.zone);
if (early) countdown(need('#left'), { speak: true }).until(page.opens_at);
everySecond(look);
document.addEventListener('visibilitychange', () => look(serverNow()));
const draw = messageArea({ audience: 'public', place: need('main') });
followDay({
  ...page,
  stream: 'public',
  draw: (store, now) => {
    draw(store, now);
    const conference = store.get('conference');
    if (conference && moved(page, conference)) renew();
  },
  onEntries: (entries) => {
    if (entries.some(({ topic }) => topic === 'ConferenceEdited' || topic === 'ConferenceMoved')) renew(); // when check-in opens is on the page only
  },
});

/** Load the page anew, not all who wait within one second. */
function renew() {
  if (sent) return;
  sent = true;
  setTimeout(() => location.reload(), Math.random() * 3_000);
}

/** @param {number} now */
function look(now) {
  const next = opening({ early, opensAt: toMs(page.opens_at), enterAt: at, now, visible: document.visibilityState === 'visible' });
  if (next === 'wait') return;
  need('#left').hidden = true;
  form.hidden = false;
  setText(need('#waiting-title'), t('체크인이 열렸습니다'));
  setText(need('#waiting-words'), t('지금 들어갑니다.'));
  need('#waiting-words').hidden = !early;
  if (next !== 'enter' || sent) return;
  sent = true;
  form.requestSubmit();
}
