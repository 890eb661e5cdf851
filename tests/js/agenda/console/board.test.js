import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Board } from '#hub/agenda/console/board.js';
import { openPage } from '../../web/page.js';
import { T0, dayStore } from './day.js';

beforeEach(() => void openPage(''));

/** @param {HTMLElement} root */
function shown(root) {
  return [...root.children].map((panel) => [panel.querySelector('kbd')?.textContent, panel.getAttribute('data-lane')]);
}

function board() {
  const root = document.createElement('div');
  const store = dayStore();
  const drawn = new Board(root, store, 'Asia/Seoul', () => {});
  drawn.draw(T0);
  return { root, store, drawn };
}

test('lanes are numbered by the key that chooses them, also after a plan changed their order', () => {
  const { root, store, drawn } = board();
  assert.deepEqual(shown(root), [['1', 'hall'], ['2', 'metaverse']]);

  store.reset({ 'lane/hall': { ...store.get('lane/hall'), position: 2 }, 'lane/metaverse': { ...store.get('lane/metaverse'), position: 1 } }, 41);
  drawn.draw(T0);

  assert.deepEqual(shown(root), [['1', 'metaverse'], ['2', 'hall']]);
  drawn.act({ lane: 0 });
  assert.equal(drawn.chosen, 'metaverse');
});

test('lanes that a plan no longer has are taken off, and the keyboard goes to one that is there', () => {
  const { root, store, drawn } = board();

  store.reset({ 'lane/metaverse': { ...store.get('lane/metaverse') } }, 41);
  drawn.draw(T0);
  assert.deepEqual([shown(root), drawn.chosen], [[['1', 'metaverse']], 'metaverse']);

  store.reset({}, 42);
  drawn.draw(T0);
  assert.deepEqual(shown(root), []);
});
