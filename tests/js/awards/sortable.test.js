import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortable } from '#hub/awards/sortable.js';
import { el } from '#hub/web/dom.js';
import { openPage } from '../web/page.js';

/**
 * A list of awards named by letters, the server's way: what cannot move further is disabled.
 * @param {string} ids capital ones keep their places
 */
function listOf(ids) {
  openPage('');
  const items = [...ids].map((id, index) => {
    const button = (/** @type {string} */ way, /** @type {boolean} */ edge) => el('button', { value: `${id}:${way}`, disabled: edge });
    const buttons = [button('up', index === 0), button('down', index === ids.length - 1)];
    return el('li', { dataset: { award: id }, 'data-fixed': id === id.toUpperCase(), tabindex: 0 }, el('span', { class: 'award-order-place' }, String(index + 1)), ...buttons);
  });
  const list = el('ol', null, ...items);
  document.body.append(list);
  /** @type {string[]} */
  const told = [];
  sortable(list, (next) => told.push(next.join('')));
  const press = (/** @type {string} */ value) => /** @type {HTMLElement} */ (list.querySelector(`button[value="${value}"]`)).click();
  const shown = () => [...list.children].map((item) => `${item.querySelector('.award-order-place')?.textContent}${/** @type {HTMLElement} */ (item).dataset.award}`).join(' ');
  const edges = () => [...list.querySelectorAll('button')].filter((button) => button.disabled || button.getAttribute('aria-disabled') === 'true').map((button) => button.value);
  return { list, told, press, shown, edges };
}

test('an award moves around those that are fixed, and each has the number of its place', () => {
  const { told, press, shown } = listOf('abCde');

  press('b:down');
  assert.equal(shown(), '1a 2d 3C 4b 5e');
  press('b:down');
  assert.equal(shown(), '1a 2d 3C 4e 5b');
  assert.deepEqual(told, ['adCbe', 'adCeb']);
});

test('rows that keep their places are left alone', () => {
  const { list, press } = listOf('abcdef');
  const places = [...list.querySelectorAll('.award-order-place')].map((place) => place.firstChild);

  press('c:down');

  const kept = [...list.querySelectorAll('.award-order-place')].map((place) => places.includes(place.firstChild));
  assert.deepEqual(kept, [true, true, false, false, true, true]);
});

test('what stands at an end cannot be moved beyond it, whoever stood there before', () => {
  const { told, press, shown, edges } = listOf('abc');
  assert.deepEqual(edges(), ['a:up', 'c:down']);

  press('b:up');
  press('b:up');
  assert.deepEqual([shown(), edges(), told], ['1b 2a 3c', ['b:up', 'c:down'], ['bac']]);
});
