import assert from 'node:assert/strict';
import { test } from 'node:test';
import { honoursFold, honoursMarking } from '#hub/honours/marking.js';
import { Store } from '#hub/live/store.js';
import { el } from '#hub/web/dom.js';
import { openPage } from '../web/page.js';

const honour = (/** @type {string} */ id, standing = 'expected') => ({ id, name: `Name ${id}`, office: null, organisation: null, guest: null, standing, representative: null, position: 1 });

/** @param {ReturnType<typeof honour>[]} all */
function storeOf(...all) {
  const store = new Store();
  store.reset(Object.fromEntries(all.map((one) => [`honour/${one.id}`, one])), 1);
  return store;
}

test('a closed fold says how many are here, and has its rows once it is opened', () => {
  openPage('');
  const fold = el('details', null, el('summary', null, el('span', { class: 'honours-count' })));
  document.body.append(fold);
  const draw = honoursFold(fold, 'conf');

  draw(storeOf(honour('a', 'here'), honour('b')));
  assert.deepEqual([fold.hidden, fold.querySelector('.honours-count')?.textContent, fold.querySelectorAll('li').length], [false, '2명 중 1명 와 있음', 0]);

  fold.open = true;
  fold.dispatchEvent(new (/** @type {any} */ (document.defaultView).Event)('toggle'));
  assert.deepEqual([...fold.querySelectorAll('strong')].map((name) => name.textContent), ['Name a', 'Name b']);

  draw(storeOf(honour('a', 'here')));
  assert.equal(fold.querySelectorAll('li').length, 1);
});

test('a row follows what is said of its guest of honour', () => {
  openPage('');
  const place = el('div');
  document.body.append(place);
  const draw = honoursMarking({ conf: 'conf', place });
  const pressed = () => [...place.querySelectorAll('button')].map((button) => button.getAttribute('aria-pressed'));
  const store = storeOf(honour('a'));

  draw(store);
  assert.deepEqual(pressed(), ['false', 'false', 'false']);

  store.apply([{ seq: 2, topic: 'HonourMarked', at: '2021-12-02T00:00:00Z', stream: 'staff', body: { docs: { 'honour/a': honour('a', 'absent') } } }]);
  assert.deepEqual(draw(store), { all: 1, present: 0 });
  assert.deepEqual(pressed(), ['false', 'true', 'false']);
});
