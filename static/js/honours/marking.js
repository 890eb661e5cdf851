/** The guests of honour with a button for each thing that the team can say of them: here, not coming, represented. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { attending, isIn } from '#hub/honours/attending.js';
import { officeWords, titleWords, whereKind, whereWords } from '#hub/honours/words.js';

/** @typedef {import('#hub/honours/attending.js').Attending} Attending */
/** @typedef {import('#hub/live/documents.js').HonourDoc} HonourDoc */
/** @typedef {import('#hub/live/documents.js').HonourStanding} Standing */
/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * @param {{conf: string, place: Element, inside?: ReadonlySet<string>, folded?: () => boolean}} options `inside`: guests in the hall, where the
 *   stream does not say it; `folded`: whether nobody can see the list, which is not drawn then
 * @returns {(store: Store) => {all: number, present: number}} draws the list
 */
export function honoursMarking({ conf, place, inside, folded = () => false }) {
  const list = el('ol', { class: 'marking', 'aria-label': t('내빈') });
  place.append(list);
  /** @type {Map<string, HonourDoc>} */
  const known = new Map();

  /**
   * Say something of somebody; what is said already is taken back.
   * @param {string} id
   * @param {Standing} standing
   * @param {HTMLElement} button
   */
  const say = async (id, standing, button) => {
    const honour = /** @type {HonourDoc} */ (known.get(id));
    const back = honour.standing === standing;
    const representative = standing === 'represented' && !back ? await askWho(honour) : undefined;
    if (representative === null) return;
    const body = { standing: back ? 'expected' : standing, expect: honour.standing, representative };
    await press(button, `/api/v1/c/${conf}/honours/${id}/mark`, body);
  };

  return (store) => {
    const all = attending(store, inside);
    for (const { honour } of all) known.set(honour.id, honour);
    if (!folded()) renderList(list, all, ({ honour }) => honour.id, (one) => row(one.honour.id, say), update);
    return { all: all.length, present: all.filter(isIn).length };
  };
}

/**
 * The same in a fold that says how many are here, and is not there without guests of honour.
 * @param {HTMLDetailsElement} fold with `.honours-count` in it
 * @param {string} conf
 * @returns {(store: Store) => void}
 */
export function honoursFold(fold, conf) {
  const draw = honoursMarking({ conf, place: fold, folded: () => !fold.open });
  /** @type {Store | null} */
  let known = null;
  fold.addEventListener('toggle', () => known && draw(known));
  return (store) => {
    known = store;
    const { all, present } = draw(store);
    fold.hidden = all === 0;
    setText(need('.honours-count', fold), t('{all}명 중 {n}명 와 있음', { all, n: present }));
  };
}

/**
 * @param {string} id
 * @param {(id: string, standing: Standing, button: HTMLElement) => void} say
 */
function row(id, say) {
  const button = (/** @type {Standing} */ standing, /** @type {string} */ words) => {
    const made = el('button', { type: 'button', class: 'button', 'aria-pressed': 'false', dataset: { standing } }, words);
    made.addEventListener('click', () => void say(id, standing, made));
    return made;
  };
  return el(
    'li',
    { class: 'marking-line' },
    el('p', { class: 'marking-who' }, el('strong'), el('span', { class: 'marking-office' }), el('span', { class: 'badge' })),
    el('p', { class: 'marking-acts', role: 'group' }, button('here', t('도착')), button('absent', t('불참')), button('represented', t('대참'))),
  );
}

/** @type {WeakMap<Element, Attending>} what each row says */
const written = new WeakMap();

/**
 * @param {Element} element
 * @param {Attending} one
 */
function update(element, one) {
  const { honour, where } = one;
  const last = written.get(element);
  if (last?.honour === honour && last.where === where) return;
  written.set(element, one);
  setText(need('strong', element), titleWords(honour));
  setText(need('.marking-office', element), officeWords(honour));
  setText(need('.badge', element), whereWords(one));
  need('.badge', element).dataset.kind = whereKind(where);
  need('.marking-acts', element).setAttribute('aria-label', titleWords(honour));
  for (const button of element.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.standing === honour.standing));
  }
}

/**
 * Ask who comes in somebody's place.
 * @param {HonourDoc} honour
 * @returns {Promise<string | null>} null when nothing was said
 */
function askWho(honour) {
  const field = el('input', { class: 'input', id: 'represented-by', required: true, maxlength: 120, autofocus: true, value: honour.representative ?? '' });
  const asked = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'represented-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'represented-title' }, t('{name} 대참', { name: titleWords(honour) })),
      el('div', { class: 'field' }, el('label', { for: 'represented-by' }, t('대신 오는 사람의 직함과 이름')), field),
      el(
        'div',
        { class: 'actions' },
        el('button', { class: 'button', 'data-kind': 'primary', value: 'yes' }, t('대참으로 표시')),
        el('button', { class: 'button', 'data-kind': 'quiet', value: '', formnovalidate: true }, t('그대로 두기')),
      ),
    ),
  );
  document.body.append(asked);
  asked.showModal();
  return new Promise((resolve) => {
    asked.addEventListener('close', () => {
      asked.remove();
      resolve(asked.returnValue === 'yes' ? field.value.trim() || null : null);
    });
  });
}
