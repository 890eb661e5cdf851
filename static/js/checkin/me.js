/**
 * My page: reloads when check-in or a channel opens, so that the button or link is there without anybody looking for it. A guest who
 * takes part from elsewhere is told here that they are called soon.
 */
import { soonOn } from '#hub/awards/soon-page.js';
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

const soon = document.querySelector('#soon');
if (soon instanceof HTMLElement) soonOn(soon);

/** @param {Element} place */
function opensAt(place) {
  return toMs(place.getAttribute('data-opens') ?? '');
}
