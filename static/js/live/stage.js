/** The stage screen: one scene at a time, the next one fading over it. `F` fills the screen. */
import { need, pageData } from '#hub/web/dom.js';
import { messageArea } from '#hub/messages/area.js';
import { fillByKey, followScreen } from '#hub/screens/follow.js';
import { follow, paint, showClaps } from '#hub/live/stage-pictures.js';
import { sceneKey, sceneOf } from '#hub/live/stage-scene.js';

const FADE_MS = 700;

/** @type {import('#hub/live/stage-pictures.js').Occasion & {conf: string, kind: string, lane: string | null, delay_ms: number, run: import('#hub/live/rehearsal.js').Follows | null}} `lane`: null for the first one, while no plan runs */
const occasion = pageData();
const frame = need('#scene');
const drawMessages = messageArea({ audience: 'stage', place: document.body, lane: occasion.lane, put: 'screen' });
let shown = '';
let claps = 0;
/** @type {HTMLElement} */
let picture = need('.picture', frame);

followScreen({
  ...occasion,
  onApplause: (doc) => {
    claps = doc.claps;
    showClaps(picture, claps);
  },
  draw: (store, now) => {
    const scene = sceneOf(store, occasion.lane ?? firstLane(store), now);
    if (sceneKey(scene) !== shown) change(paint(scene, occasion));
    shown = sceneKey(scene);
    drawMessages(store, now);
    follow(picture, scene, now, occasion.zone);
    showClaps(picture, claps);
  },
});

fillByKey();

/** @param {import('#hub/live/store.js').Store} store */
function firstLane(store) {
  return store.all('lane/')[0]?.id ?? '';
}

/**
 * Lay the next picture over the present one, which leaves when it is covered.
 * @param {HTMLElement} next
 */
function change(next) {
  const old = picture;
  old.dataset.leaving = '';
  setTimeout(() => old.remove(), FADE_MS);
  frame.append(next);
  picture = next;
}
