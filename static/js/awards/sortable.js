/** A list of awards whose items are moved by dragging, by Alt+↑↓ or by their buttons (`value` ends in `:up` or `:down`). */
import { moved } from '#hub/awards/moving.js';
import { announce } from '#hub/web/announce.js';
import { setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/**
 * Let the items of `list` be moved; each names its award (`data-award`), and one with `data-fixed` keeps its place.
 * @param {HTMLElement} list
 * @param {(ids: string[]) => void} changed is told the new order
 */
export function sortable(list, changed) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  const items = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const ids = () => items().map((item) => item.dataset.award ?? '');
  const fixed = () => new Set(items().filter((item) => item.hasAttribute('data-fixed')).map((item) => item.dataset.award ?? ''));

  /**
   * @param {HTMLElement} item
   * @param {number} to
   */
  function move(item, to) {
    const before = ids();
    const next = moved(before, item.dataset.award ?? '', to, fixed());
    const from = next.findIndex((id, place) => id !== before[place]);
    if (from < 0) return;
    const until = next.findLastIndex((id, place) => id !== before[place]) + 1;
    const focused = document.activeElement;
    const known = new Map(items().slice(from, until).map((one) => [one.dataset.award ?? '', one]));
    next.slice(from, until).forEach((id, index) => {
      const [there, wanted] = [list.children[from + index], /** @type {HTMLElement} */ (known.get(id))];
      if (there !== wanted) list.insertBefore(wanted, there);
    });
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
    renumber(from, until);
    changed(next);
    announce(t('{place}번째로 옮겼습니다', { place: next.indexOf(item.dataset.award ?? '') + 1 }));
  }

  /**
   * @param {number} from the first place where another item stands now
   * @param {number} until the one after the last
   */
  function renumber(from, until) {
    const last = list.children.length - 1;
    items().slice(from, until).forEach((item, offset) => {
      const index = from + offset;
      setText(/** @type {HTMLElement} */ (item.querySelector('.award-order-place')), String(index + 1));
      for (const button of item.querySelectorAll('button')) {
        const edge = button.value.endsWith(':up') ? index === 0 : index === last;
        button.setAttribute('aria-disabled', String(edge));
        if (!item.hasAttribute('data-fixed')) button.disabled = false;
      }
    });
  }

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const item = /** @type {HTMLElement | null} */ (button?.closest('[data-award]') ?? null);
    if (!button || !item) return;
    event.preventDefault();
    move(item, items().indexOf(item) + (button.value.endsWith(':up') ? -1 : 1));
  });
  list.addEventListener('keydown', (event) => {
    const item = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-award]')) : null;
    if (!item || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    move(item, items().indexOf(item) + (event.key === 'ArrowUp' ? -1 : 1));
  });
  for (const item of items()) item.draggable = !item.hasAttribute('data-fixed');
  list.addEventListener('dragstart', (event) => {
    dragged = event.target instanceof Element ? event.target.closest('[data-award]') : null;
    dragged?.toggleAttribute('data-dragged', true);
  });
  list.addEventListener('dragover', (event) => {
    const over = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-award]')) : null;
    if (!dragged || !over) return;
    event.preventDefault();
    if (over !== dragged) move(dragged, items().indexOf(over));
  });
  list.addEventListener('dragend', () => {
    dragged?.removeAttribute('data-dragged');
    dragged = null;
  });
}
