/** What the screens of the people at the stage begin with: the sealed stream, a display that stays on, and a way back by themselves. */
import { followDay } from '#hub/live/follow.js';
import { screenReports } from '#hub/screens/reports.js';
import { keepAwake } from '#hub/web/wake-lock.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

const ASK_AGAIN_MS = 15_000;

/**
 * @param {{kind: string, conf: string, zone: string, lane: string | null, run: import('#hub/live/rehearsal.js').Follows | null,
 *   draw: (store: Store, now: number) => void}} screen `lane` null: no plan ran when the page was made; it is opened anew once one does
 */
export function followAsCrew({ kind, conf, zone, lane, run, draw }) {
  keepAwake();
  const reports = screenReports({ kind, lane });
  let asking = false;
  followDay({
    conf,
    stream: 'sealed',
    zone,
    run,
    draw: (store, now) => {
      if (!lane && store.all('lane/').length > 0) location.reload();
      else draw(store, now);
      reports.show(store.head);
    },
    on: reports.on,
    onLink: reports.by,
    onState: (state) => {
      if (state === 'live') reports.report();
      if (state !== 'refused' || asking) return;
      asking = true;
      setInterval(() => void askAgain(), ASK_AGAIN_MS);
    },
  });
}

/** Somebody who may see the page again sees it without a hand. */
async function askAgain() {
  const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual' }).catch(() => null);
  if (answer?.ok) location.reload();
}
