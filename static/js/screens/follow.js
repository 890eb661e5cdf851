/**
 * What a screen begins with that is put up and left alone: it follows the public stream, late by as much as its address says,
 * keeps its last picture, comes back by itself, and never speaks of its connection.
 */
import { connect } from '#hub/live/connection.js';
import { followRehearsal } from '#hub/live/rehearsal.js';
import { Store } from '#hub/live/store.js';
import { Behind } from '#hub/screens/behind.js';
import { forgetPicture, keepPicture, lastPicture } from '#hub/screens/last-picture.js';
import { keepPage } from '#hub/screens/offline.js';
import { screenReports } from '#hub/screens/reports.js';
import { runTime } from '#hub/web/run-clock.js';
import { clock, everySecond, localNow, realNow } from '#hub/web/time.js';
import { keepAwake } from '#hub/web/wake-lock.js';
import { whenQuiet } from '#hub/web/when-quiet.js';

const ASK_AGAIN_MS = 15_000;
/** When a picture is kept: with hundreds of awards that takes a slow device longer than a frame, and names come one after the other. */
const KEPT = { quietMs: 2_000, latestMs: 20_000 };

/**
 * @param {{conf: string, kind: string, lane: string | null, delay_ms: number, run: import('#hub/live/rehearsal.js').Follows | null,
 *   draw: (store: Store, now: number) => void,
 *   onApplause?: (doc: import('#hub/live/documents.js').ApplauseDoc) => void}} screen `draw` is first called when the store is filled;
 *   `now` is as late as the documents (ms), and so is the applause; `run`: whether it follows rehearsals
 */
export function followScreen({ conf, kind, lane, delay_ms: delay, run, draw, onApplause }) {
  const store = new Store();
  const behind = new Behind({ delay: () => delay });
  const reports = screenReports({ kind, lane });
  let filled = false;
  let head = 0;
  const shown = new Store();
  const redraw = () => filled && draw(shown, runTime(rehearsal.clock(), realNow() - delay));
  const picture = () => {
    shown.reset(rehearsal.docs(behind.shown.documents), store.head);
    redraw();
  };
  const rehearsal = followRehearsal({ conf, run, changed: () => filled && picture() });
  const keep = () => filled && keepPicture({ docs: behind.shown.documents, head: behind.shown.head, offset: clock.offset(localNow()) });
  const keepSoon = whenQuiet(keep, KEPT, localNow);
  behind.follow(store, () => {
    filled = true;
    picture();
    keepSoon();
    if (behind.settled) head = store.head;
    reports.show(head);
  });
  everySecond(redraw);
  addEventListener('pagehide', keep);
  keepAwake();
  void keepPage();
  const link = connect({
    conf,
    stream: 'public',
    store,
    on: {
      ...reports.on,
      applause: (doc) => void setTimeout(() => onApplause?.(doc), delay),
    },
    onState: (state) => {
      if (['reconnecting', 'offline'].includes(state)) keep();
      const last = state === 'offline' && !filled ? lastPicture() : null;
      if (last) {
        clock.guess(last.offset); // the kept page has the time of when it was kept
        behind.shown.reset(last.docs, last.head);
        filled = true;
        picture();
      }
      if (state === 'live') reports.report();
      if (state === 'refused') leave();
    },
  });
  reports.by(link);

  /** The screen may not be shown any more: show nothing, and look whether that changes. */
  function leave() {
    forgetPicture();
    behind.stop();
    behind.shown.reset({}, 0);
    picture();
    filled = false;
    setInterval(() => void askAgain(), ASK_AGAIN_MS);
  }
}

async function askAgain() {
  const answer = await fetch(location.href, { method: 'HEAD' }).catch(() => null);
  if (answer?.ok) location.reload();
}

/** `F` fills the screen, and gives it back. */
export function fillByKey() {
  document.addEventListener('keydown', (event) => {
    if (event.code !== 'KeyF' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen();
  });
}
