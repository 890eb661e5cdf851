/** The dialog in which an operator marks which names are called as a group, and at which pace. */
import { comingNow, PACES, spanFrom, usualPace } from '#hub/awards/group.js';
import { levelWords, recipientWords } from '#hub/awards/words.js';
import { answered } from '#hub/web/ask.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const BY_KEY = '';

/**
 * Ask which names of the round on air are a group.
 * @param {Store} store
 * @param {string} lane
 * @returns {Promise<{awards: string[], pace_s: number | null} | null>} null when nothing is to begin
 */
export function askGroup(store, lane) {
  const coming = comingNow(store, lane);
  const first = el('select', { id: 'group-first', name: 'first' }, ...coming.map(option));
  const last = el('select', { id: 'group-last', name: 'last', 'aria-describedby': 'group-count' });
  const pace = el('select', { id: 'group-pace', name: 'pace' }, ...paces());
  const count = el('p', { class: 'quiet', id: 'group-count', role: 'status' });
  const heading = el('p', { class: 'group-heading' });
  const refill = () => {
    const span = spanFrom(coming, first.value);
    last.replaceChildren(...span.map(option));
    last.selectedIndex = span.length - 1;
    if (span[0]) pace.value = String(usualPace(span[0]));
    setText(heading, span[0] ? levelWords(span[0].level) : '');
    recount();
  };
  const chosen = () => {
    const span = spanFrom(coming, first.value);
    return span.slice(0, last.selectedIndex + 1).map(({ id }) => id);
  };
  const recount = () => setText(count, coming.length > 0 ? t('한 제목 아래에서 차례로 발표할 수상자: {n}명', { n: chosen().length }) : t('부를 수상자가 없습니다'));
  first.addEventListener('change', refill);
  last.addEventListener('change', recount);
  refill();
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'group-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'group-title' }, t('단체 발표')),
      heading,
      field(t('첫 이름'), first),
      field(t('끝 이름'), last),
      field(t('빠르기'), pace),
      count,
      el('div', { class: 'actions' }, coming.length > 0 && el('button', { class: 'button', value: 'yes', 'data-kind': 'primary' }, t('시작')), el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, t('닫기'))),
    ),
  );
  return answered(dialog).then((value) => (value === 'yes' ? { awards: chosen(), pace_s: pace.value === BY_KEY ? null : Number(pace.value) } : null));
}

/** @param {AwardDoc} award */
function option(award) {
  return el('option', { value: award.id }, `${award.order}. ${recipientWords(award)} · ${levelWords(award.level)}`);
}

function paces() {
  const seconds = Array.from({ length: PACES.slowest - PACES.fastest + 1 }, (_, index) => PACES.fastest + index);
  return [el('option', { value: BY_KEY }, t('키로 한 명씩')), ...seconds.map((n) => el('option', { value: String(n) }, t('{n}초마다', { n })))];
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control);
}
