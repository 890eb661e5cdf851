/**
 * My page: shows what operators say to all attendees, and reloads when check-in or a channel opens, so that the button or link is there
 * without anybody looking for it. The browser keeps the ticket for a place without network. A guest who takes part from elsewhere is told here that they are called soon.
 */
import '#hub/calendars/copy.js';
import { SoonNotice } from '#hub/awards/soon.js';
import { showViewerTime } from '#hub/conferences/viewer-time.js';
import { followDay } from '#hub/live/follow.js';
import { messageArea } from '#hub/messages/area.js';
import { keepPage } from '#hub/screens/offline.js';
import { need, pageData } from '#hub/web/dom.js';
import { everySecond, localNow, toMs } from '#hub/web/time.js';

/** The server opens channels once a second. */
const OPENED_MS = 2_000;
/** What a page follows may be a little older than the page at first: it is not loaded again for that. */
const SETTLED_MS = 5_000;

const instants = [...document.querySelectorAll('#doors[data-opens]')].map((place) => opensAt(place));
const channels = [...document.querySelectorAll('#channels [data-opens]')].map((place) => opensAt(place) + OPENED_MS);
let before = Infinity;
everySecond((now) => {
  if ([...instants, ...channels].some((at) => before < at && now >= at)) location.reload();
  before = now;
});

/** @type {{conf: string, zone: string, open: string[], ticket: [string, ...string[]]}} `ticket`: the scripts of the ticket that is kept, which is a page of its own; the first names its version */
const page = pageData();
/** The channels that are open, as the page has them: their links are not in what everybody follows. */
const shown = [...page.open].sort().join(' ');
const began = localNow();
const drawMessages = messageArea({ audience: 'public', place: need('main') });
showViewerTime(need('#viewer-time'), page.zone);
const place = document.querySelector('#soon');
const soon = place instanceof HTMLElement ? new SoonNotice({ place, conf: page.conf }) : null;
void keepPage({ scope: `/c/${page.conf}/me`, page: `/c/${page.conf}/me`, files: page.ticket, version: page.ticket[0] });
followDay({
  ...page,
  stream: 'public',
  draw: (store, now) => {
    drawMessages(store, now);
    if (localNow() - began > SETTLED_MS && opened(store.all('channel/')) !== shown) location.reload();
  },
  on: { soon: (doc) => soon?.draw(doc) },
  onState: (state) => soon?.ask(state === 'polling'),
});

/** @param {readonly {id: string, open: boolean}[]} channels */
function opened(channels) {
  return channels.filter((channel) => channel.open).map((channel) => channel.id).sort().join(' ');
}

/** @param {Element} place */
function opensAt(place) {
  return toMs(place.getAttribute('data-opens') ?? '');
}
