/** My page: reloads when check-in opens, so that the button is there without anybody looking for it. */
import { everySecond, toMs } from '#hub/web/time.js';

const note = document.querySelector('#doors');
const opens = note instanceof HTMLElement ? note.dataset.opens : undefined;
if (opens) {
  let before = Infinity;
  everySecond((now) => {
    if (before < toMs(opens) && now >= toMs(opens)) location.reload();
    before = now;
  });
}
