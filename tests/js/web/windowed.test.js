import assert from 'node:assert/strict';
import { test } from 'node:test';
import { el } from '#hub/web/dom.js';
import { pieces, spanBetween } from '#hub/web/window-range.js';
import { Windowed } from '#hub/web/windowed.js';
import { openPage } from './page.js';

test('the span holds every row that stands between two heights', () => {
  const heights = [10, 20, 30, 40];
  assert.deepEqual(spanBetween(heights, 0, 10), { from: 0, to: 1 });
  assert.deepEqual(spanBetween(heights, 10, 31), { from: 1, to: 3 });
  assert.deepEqual(spanBetween(heights, -50, 1000), { from: 0, to: 4 });
  assert.deepEqual(spanBetween(heights, 500, 600), { from: 4, to: 4 });
  assert.deepEqual(spanBetween([], 0, 10), { from: 0, to: 0 });
});

test('what is left out is as high as its rows, and a row that is kept stands between', () => {
  const heights = [10, 20, 30, 40, 50];
  assert.deepEqual(pieces(heights, { from: 1, to: 2 }, -1), [
    { kind: 'gap', index: 0, height: 10 },
    { kind: 'row', index: 1 },
    { kind: 'gap', index: 2, height: 120 },
  ]);
  assert.deepEqual(pieces(heights, { from: 0, to: 1 }, 3), [
    { kind: 'row', index: 0 },
    { kind: 'gap', index: 1, height: 50 },
    { kind: 'row', index: 3 },
    { kind: 'gap', index: 4, height: 50 },
  ]);
});

const ROW = 20;

/**
 * A frame that shows five rows of a thousand, with the sizes that a browser would give it.
 * @param {'table' | 'ol'} kind
 */
function thousand(kind) {
  openPage('');
  Object.defineProperty(globalThis, 'requestAnimationFrame', { value: (/** @type {FrameRequestCallback} */ draw) => draw(0), configurable: true });
  const body = kind === 'table' ? el('tbody') : el('ol');
  const frame = el('div', { tabindex: 0 }, kind === 'table' ? el('table', null, body) : body);
  document.body.append(frame);
  Object.defineProperty(frame, 'clientHeight', { value: 5 * ROW });
  Object.defineProperty(frame, 'scrollHeight', { value: 1000 * ROW });
  frame.getBoundingClientRect = () => /** @type {DOMRect} */ ({ top: 0 });
  body.getBoundingClientRect = () => /** @type {DOMRect} */ ({ top: -frame.scrollTop });
  /** @type {Set<string>} words of rows that are three times as high as others */
  const high = new Set();
  const heightOf = (/** @type {Element} */ row) => parseInt(/** @type {HTMLElement} */ (row).style.blockSize) || (high.has(row.textContent ?? '') ? 3 * ROW : ROW);
  const topOf = (/** @type {Element} */ row) => [...body.children].slice(0, [...body.children].indexOf(row)).reduce((sum, one) => sum + heightOf(one), -frame.scrollTop);
  let updates = 0;
  const list = new Windowed({
    frame,
    body,
    key: (/** @type {{id: number, words: string}} */ item) => String(item.id),
    create: () => {
      const row = kind === 'table' ? el('tr', null, el('td', null, el('button'))) : el('li', null, el('button'));
      row.getBoundingClientRect = () => /** @type {DOMRect} */ ({ height: heightOf(row), top: topOf(row), bottom: topOf(row) + heightOf(row) });
      return row;
    },
    update: (row, { words }) => {
      updates += 1;
      /** @type {Element} */ (row.querySelector('button')).textContent = words;
    },
  });
  const items = Array.from({ length: 1000 }, (_, id) => ({ id, words: `row ${id}` }));
  const scrollTo = (/** @type {number} */ top) => {
    frame.scrollTop = top;
    frame.dispatchEvent(new (/** @type {any} */ (document.defaultView).Event)('scroll'));
  };
  const words = () => [...body.querySelectorAll('button')].map((button) => button.textContent);
  return { list, items, frame, body, high, topOf, scrollTo, words, updates: () => updates };
}

test('of a thousand rows those near what can be seen are in the page, wherever it is scrolled to', () => {
  const { list, items, body, scrollTo, words } = thousand('table');
  list.draw(items);
  scrollTo(0);
  assert.deepEqual([words()[0], words().length], ['row 0', 10]);
  scrollTo(500 * ROW);
  assert.deepEqual([words()[0], words().at(-1)], ['row 495', 'row 509']);
  scrollTo(995 * ROW);
  assert.deepEqual([words()[0], words().at(-1)], ['row 990', 'row 999']);
  const gap = /** @type {HTMLElement} */ (body.children[0]);
  assert.deepEqual([gap.className, gap.getAttribute('aria-hidden'), gap.style.blockSize], ['window-gap', 'true', `${990 * ROW}px`]);
});

test('a reader is told how many rows there are and the place of each', () => {
  const table = thousand('table');
  table.list.draw(table.items);
  assert.equal(table.body.closest('table')?.getAttribute('aria-rowcount'), '1001');
  assert.equal(table.body.children[0].getAttribute('aria-rowindex'), '2');
  const list = thousand('ol');
  list.list.draw(list.items);
  assert.deepEqual([list.body.children[0].getAttribute('aria-posinset'), list.body.children[0].getAttribute('aria-setsize')], ['1', '1000']);
});

test('the row with the focus stays when it is scrolled away and when others change', () => {
  const { list, items, body, scrollTo, words } = thousand('table');
  list.draw(items);
  const button = /** @type {HTMLElement} */ (body.querySelector('button'));
  button.focus();
  scrollTo(600 * ROW);
  list.draw(items.with(1, { id: 1, words: 'other' }));
  assert.equal(document.activeElement, button);
  assert.deepEqual([words()[0], words()[1]], ['row 0', 'row 595']);
});

test('a fact draws the row that it changes and no other', () => {
  const { list, items, scrollTo, words, updates } = thousand('table');
  list.draw(items);
  scrollTo(0);
  const before = updates();
  list.draw(items.with(2, { id: 2, words: 'other' }));
  assert.deepEqual([updates() - before, words()[2]], [1, 'other']);
});

test('what can be seen stays where it is when rows above it turn out to be higher than was reckoned', () => {
  const { list, items, frame, body, high, topOf, scrollTo } = thousand('table');
  list.draw(items);
  scrollTo(0);
  scrollTo(500 * ROW);
  for (const id of [490, 491, 492, 493, 494]) high.add(`row ${id}`);
  const seen = [...body.children].find((row) => row.textContent === 'row 497');
  assert.ok(seen);
  frame.scrollTop = 497 * ROW;
  const before = topOf(seen);

  list.draw([...items]);

  assert.ok(body.querySelector('tr')?.nextElementSibling);
  assert.ok([...body.children].some((row) => row.textContent === 'row 494'));
  assert.equal(topOf(seen), before);
});

test('a list without rows does not have the page laid out', () => {
  const { list, items, frame, body } = thousand('table');
  let asked = 0;
  const box = frame.getBoundingClientRect;
  frame.getBoundingClientRect = () => {
    asked += 1;
    return box();
  };
  list.draw([]);
  assert.equal(asked, 0);
  list.draw(items);
  list.draw([]);
  assert.deepEqual([asked > 0, body.children.length], [true, 0]);
});
