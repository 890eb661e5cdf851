/** The guests of honour on the emcee's screen: who is in now, in order of rank; open until the opening is over, then at a press. */
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { attending, isIn } from '#hub/honours/attending.js';
import { officeWords, titleWords, whereWords } from '#hub/honours/words.js';

/** @typedef {import('#hub/honours/attending.js').Attending} Attending */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * @param {HTMLDetailsElement} fold with `.honours-count`, `.honours-present` and `.honours-coming` in it
 * @returns {(store: Store, view: LaneView) => void} draws it for a lane
 */
export function honoursRoll(fold) {
  /** @type {boolean | null} */
  let opening = null;
  return (store, view) => {
    const all = attending(store);
    const coming = all.filter(({ where }) => where === 'expected');
    const present = all.filter(isIn);
    fold.hidden = all.length === 0;
    if (isOpening(store, view) !== opening) {
      opening = isOpening(store, view);
      fold.open = opening;
    }
    setText(need('.honours-count', fold), t('{all}명 중 {n}명 와 있음', { all: all.length, n: present.length }));
    renderList(need('.honours-present', fold), present, ({ honour }) => honour.id, line, update);
    setText(need('.honours-coming', fold), coming.length > 0 ? t('아직: {names}', { names: coming.map(({ honour }) => titleWords(honour)).join(', ') }) : '');
  };
}

/**
 * Whether the lane has not begun, or its first cue is on.
 * @param {Store} store
 * @param {LaneView} view
 */
export function isOpening(store, { lane, cue }) {
  if (lane.status === 'waiting') return true;
  const first = store.all('cue/').find((one) => one.lane === lane.id && !one.skipped);
  return cue !== null && cue.id === first?.id;
}

function line() {
  return el(
    'li',
    { class: 'honour-line' },
    el('strong', { class: 'honour-name' }),
    el('span', { class: 'honour-read' }),
    el('span', { class: 'honour-office' }),
    el('span', { class: 'honour-where' }),
    el('span', { class: 'honour-note' }),
  );
}

/**
 * @param {Element} element
 * @param {Attending} one
 */
function update(element, one) {
  const { honour, where } = one;
  setText(need('.honour-name', element), titleWords(honour));
  setText(need('.honour-read', element), honour.pronunciation ? `[${honour.pronunciation}]` : '');
  setText(need('.honour-office', element), officeWords(honour));
  markLanguage(need('.honour-office', element), honour.name && text(honour.office) ? honour.office : null);
  setText(need('.honour-where', element), where === 'here' ? '' : whereWords(one));
  setText(need('.honour-note', element), honour.note ?? '');
}
