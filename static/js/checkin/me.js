/** My page: reloads when check-in or a channel opens, so that the button or link is there without anybody looking for it. */
import { everySecond, toMs } from '#hub/web/time.js';

/** The server opens channels once a second. */
const OPENED_MS = 2_000;

const instants = [...document.querySelectorAll('#doors[data-opens]')].map((place) => opensAt(place));
const channels = [...document.querySelectorAll('#channels [data-opens]')].map((place) => opensAt(place) + OPENED_MS);
let before = Infinity;
everySecond((now) => {
  if ([...instants, ...channels].some((at) => before < at && now >= at)) location.reload();
  before = now;
});

/** @param {Element} place */
function opensAt(place) {
  return toMs(place.getAttribute('data-opens') ?? '');
}
