import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Board } from '#hub/agenda/console/board.js';
import { notices, openPage } from '../../web/page.js';
import { T0, dayStore } from './day.js';

const OFF_SCREEN = '화면 밖이어서 실행하지 않았습니다. 다시 누르면 실행합니다.';

beforeEach(() => void openPage(''));

/** Let the lanes that wait have their turn: each takes one task. */
async function turns(lanes = 2) {
  for (let turn = 0; turn < lanes; turn += 1) await new Promise((next) => setTimeout(next));
}

/** @param {HTMLElement} root */
function shown(root) {
  return [...root.children].map((panel) => [panel.querySelector('.lane-heading kbd')?.textContent, panel.getAttribute('data-lane')]);
}

/**
 * @param {string | null} [begin] the lane in the address
 * @param {string} [told] what the server said of the lanes
 */
function board(begin = null, told = '') {
  const root = document.createElement('div');
  root.innerHTML = told;
  const store = dayStore();
  const card = /** @type {any} */ ({ element: document.createElement('div'), queue: document.createElement('div'), draw() {}, busy() {}, press: (/** @type {string} */ key) => `no ${key}`, takesBack: () => false });
  /** @type {string[]} */
  const chosen = [];
  const drawn = new Board({
    root, store, zone: 'Asia/Seoul', actor: 'account:1', chosen: begin, onChoose: (lane) => chosen.push(lane), makeUp: (lane) => chosen.push(`make up ${lane}`),
    beside: () => ({ card, stage: { element: document.createElement('div'), layers: document.createElement('div'), draw() {}, press: (layer) => chosen.push(layer) } }),
  });
  drawn.draw(T0);
  return { root, store, drawn, chosen };
}

test('lanes are numbered by the key that chooses them, also after a plan changed their order', async () => {
  const { root, store, drawn } = board();
  await turns();
  assert.deepEqual(shown(root), [['1', 'hall'], ['2', 'metaverse']]);

  store.reset({ 'lane/hall': { ...store.get('lane/hall'), position: 2 }, 'lane/metaverse': { ...store.get('lane/metaverse'), position: 1 } }, 41);
  drawn.draw(T0);
  await turns();

  assert.deepEqual(shown(root), [['1', 'metaverse'], ['2', 'hall']]);
  drawn.act({ lane: 0 });
  assert.equal(drawn.chosen, 'metaverse');
});

test('the chosen lane has its buttons at once; another says what the page came with until its turn, or until a key goes there', async () => {
  const told = '<section class="lane panel" data-lane="hall">told</section><section class="lane panel" data-lane="metaverse">told, too</section>';
  const buttons = (/** @type {HTMLElement} */ root) => [...root.children].map((lane) => lane.querySelectorAll('.lane-buttons').length);
  const { root, drawn } = board(null, told);
  assert.deepEqual([buttons(root), root.children[1].textContent], [[1, 0], 'told, too']);
  await turns();
  assert.deepEqual([buttons(root), root.textContent?.includes('told')], [[1, 1], false]);

  const untold = board();
  const { title } = /** @type {any} */ (untold.store.get('lane/metaverse'));
  assert.deepEqual([buttons(untold.root), untold.root.children[1].textContent], [[1, 0], title.ko]);
  untold.drawn.act({ lane: 1 });
  assert.deepEqual([buttons(untold.root), untold.drawn.chosen], [[1, 1], 'metaverse']);

  drawn.act({ award: 'reveal', place: 1 });
  assert.equal(root.querySelector('[data-lane="metaverse"] .progress-words')?.textContent, 'no reveal');
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

test('the lane of the address is the chosen one, and a key that chooses another tells it; past the last comes the first', () => {
  const { drawn, chosen } = board('metaverse');
  assert.equal(drawn.chosen, 'metaverse');

  drawn.act({ step: 1 });
  drawn.act({ step: -1 });
  assert.deepEqual(chosen, ['hall', 'metaverse']);
});

test('a key that covers the stage goes to the stage of the chosen lane', () => {
  const { drawn, chosen } = board();

  drawn.act({ layer: 'blackout' });
  assert.deepEqual(chosen, ['blackout']);
});

test('a press in a lane leaves the keyboard where it is', () => {
  const { root, drawn } = board();

  /** @type {HTMLElement} */ (root.querySelector('[data-lane="metaverse"]')).click();
  assert.equal(drawn.chosen, 'hall');
});

test('a key of an award goes to the award of the chosen lane, or to that of its hand, and what hinders it is said there', () => {
  const { root, drawn } = board();
  const said = (/** @type {string} */ lane) => root.querySelector(`[data-lane="${lane}"] .progress-words`)?.textContent;

  drawn.act({ award: 'step' });
  drawn.act({ award: 'reveal', place: 1 });
  assert.deepEqual([said('hall'), said('metaverse')], ['no step', 'no reveal']);
});

test('the key that makes up time asks for the chosen lane where it is late, and says where it is not', () => {
  const { root, store, drawn, chosen } = board();
  drawn.act({ makeUp: true });
  assert.deepEqual(chosen, ['make up hall'], 'it should have begun long ago');

  store.reset({ 'lane/hall': { ...store.get('lane/hall'), status: 'finished' } }, 41);
  drawn.act({ makeUp: true });
  assert.deepEqual(chosen, ['make up hall']);
  assert.match(root.textContent ?? '', /이 구역은 밀리지 않았습니다\./);
});

/**
 * Say where things stand, since this page is not laid out.
 * @param {HTMLElement} root
 * @param {Record<string, number>} tops from the top of the window, by selector; all else stands far below
 */
function place(root, tops) {
  Object.assign(globalThis, { innerHeight: 800 });
  for (const element of root.querySelectorAll('*')) {
    const top = Object.entries(tops).find(([selector]) => element.matches(selector))?.[1] ?? 5_000;
    element.getBoundingClientRect = () => /** @type {DOMRect} */ ({ top, bottom: top + 50, height: 50 });
  }
}

test('a key does nothing to a lane that is off the screen but bring it there', () => {
  const { root, drawn, chosen } = board();
  /** @type {(string | undefined)[]} */
  const scrolled = [];
  Element.prototype.scrollIntoView = function () {
    if (this instanceof HTMLElement) scrolled.push(this.dataset.lane ?? this.className);
  };
  place(root, {});

  drawn.act({ layer: 'blackout' });
  assert.deepEqual([chosen, scrolled], [[], ['hall']]);
  assert.deepEqual(notices(), [OFF_SCREEN]);

  place(root, { '[data-lane="hall"] .on-air': 100 });
  drawn.act({ layer: 'blackout' });
  assert.deepEqual([chosen, notices()], [['blackout'], []]);
});

test('an award whose card is off the screen is shown before a key gives it, though its lane can be seen', () => {
  const { root, drawn } = board();
  const said = () => root.querySelector('[data-lane="hall"] .progress-words')?.textContent;
  const card = document.createElement('div');
  card.className = 'card-name';
  root.querySelector('[data-lane="hall"]')?.append(card);
  Element.prototype.scrollIntoView = () => {};

  place(root, { '.on-air, .lane-heading': 100, '.card-name': -30 });
  drawn.act({ award: 'reveal', place: 0 });
  assert.deepEqual([said(), notices()], ['', [OFF_SCREEN]]);

  place(root, { '.card-name': 300 });
  drawn.act({ award: 'reveal', place: 0 });
  assert.equal(said(), 'no reveal');
});
