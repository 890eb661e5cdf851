import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { InboxList } from '#hub/checkin/inbox/list.js';
import { buttonsOf, openPage } from '../../web/page.js';

/**
 * @param {string} id
 * @param {string} [version]
 */
function conflict(id, version = '1') {
  return `<section data-item="${id}" data-version="${version}"><h2>Two devices</h2><p class="inbox-who">Person ${id}</p>
    <form data-settle="${id}"><input name="word"><button name="do" value="looked">v${version}</button></form></section>`;
}

/** @param {string} id */
function settledBy(id) {
  return `<section data-item="settled" data-version="${id}"><ul><li><span data-settled="${id}">Looked at · Minji</span></li></ul></section>`;
}

/** @param {string} html */
function rendered(html) {
  const list = document.createElement('div');
  list.innerHTML = html;
  return list;
}

/** @type {HTMLElement} */
let shown;
/** @type {InboxList} */
let list;

/** @param {string} html */
function start(html) {
  shown.innerHTML = html;
}

function names() {
  return [...shown.children].map((item) => /** @type {HTMLElement} */ (item).dataset.item);
}

beforeEach(() => {
  openPage('<div id="inbox"></div>');
  shown = /** @type {HTMLElement} */ (document.querySelector('#inbox'));
  list = new InboxList(shown);
});

test('what is new comes after what waits, and is said', () => {
  start(conflict('a') + settledBy('x'));

  const { came, went } = list.take(rendered(conflict('b') + conflict('a') + settledBy('x')));

  assert.deepEqual(names(), ['a', 'b', 'settled']);
  assert.deepEqual([came, went], [['Two devices: Person b'], []]);
});

test('what somebody settled keeps its place, says who did, and goes later', () => {
  start(conflict('a') + conflict('b'));

  const { went } = list.take(rendered(conflict('b') + settledBy('a')));

  const gone = /** @type {HTMLElement} */ (shown.children[0]);
  assert.deepEqual(names(), ['a', 'b', 'settled']);
  assert.deepEqual(buttonsOf(gone), []);
  assert.match(gone.textContent ?? '', /Looked at · Minji/);
  assert.equal(went.length, 1);
  assert.match(went[0], /^Two devices: Person a · .*Looked at · Minji$/);

  list.tidy();
  assert.deepEqual(names(), ['b', 'settled']);
});

test('what somebody wrote about a conflict that another one settled stays readable', () => {
  start(conflict('a'));
  const word = /** @type {HTMLInputElement} */ (shown.querySelector('input'));
  word.value = 'lent the badge';

  list.take(rendered(settledBy('a')));

  assert.equal(shown.querySelector('input')?.value, 'lent the badge');
  assert.equal(shown.querySelector('input')?.readOnly, true);
});

test('a conflict that changed is drawn anew, unless somebody writes in it', () => {
  start(conflict('a') + conflict('b'));
  const word = /** @type {HTMLInputElement} */ (shown.querySelector('[data-item=b] input'));
  word.value = 'begun';

  list.take(rendered(conflict('a', '2') + conflict('b', '2')));

  assert.deepEqual(buttonsOf(shown), ['v2', 'v1']);
  assert.equal(word.isConnected, true);
});

test('a settled conflict that is found again waits again', () => {
  start(conflict('a'));
  list.take(rendered(settledBy('a')));

  const { came } = list.take(rendered(conflict('a')));

  assert.deepEqual(names(), ['a']);
  assert.deepEqual(buttonsOf(shown), ['v1']);
  assert.deepEqual(came, []);
});

test('the line that nothing waits comes and goes, and is not said', () => {
  start('<p data-item="nothing">Nothing</p>');

  assert.deepEqual(list.take(rendered(conflict('a'))).came, ['Two devices: Person a']);
  assert.deepEqual(names(), ['a']);
  assert.deepEqual(list.take(rendered('<p data-item="nothing">Nothing</p>' + settledBy('a'))).came, []);
  assert.deepEqual(names(), ['a', 'nothing', 'settled']);
});
