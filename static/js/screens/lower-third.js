/** The lower third: a mixer lays it over its picture. `B` blanks it now and gives it back. */
import { fillByKey, followScreen } from '#hub/screens/follow.js';
import { strapOf } from '#hub/screens/strap.js';
import { need, pageData, setName, setText } from '#hub/web/dom.js';

/** @type {{conf: string, kind: string, lane: string | null, delay_ms: number, run: import('#hub/live/rehearsal.js').Follows | null}} */
const page = pageData();
const strap = need('#strap');
let shown = '';
let blank = false;

fillByKey();
followScreen({
  ...page,
  draw: (store, now) => draw(strapOf(store, page.lane ?? store.all('lane/')[0]?.id ?? '', now)),
});

document.addEventListener('keydown', (event) => {
  if (event.code !== 'KeyB' || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  blank = !blank;
  strap.toggleAttribute('data-blank', blank);
});

/** @param {import('#hub/screens/strap.js').Strap | null} next */
function draw(next) {
  if (!next) {
    shown = '';
    strap.dataset.leaving = '';
    return;
  }
  setText(need('#strap-above'), next.above);
  setName(need('#strap-name'), next.name);
  setName(need('#strap-below'), next.below);
  if (next.key === shown) return;
  shown = next.key;
  delete strap.dataset.leaving;
  strap.hidden = true;
  void strap.offsetWidth; // the animation begins anew
  strap.hidden = false;
}
