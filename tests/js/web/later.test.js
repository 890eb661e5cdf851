import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { later } from '#hub/web/later.js';
import { FakeTimers, settle } from './fakes.js';
import { openPage, pressButton } from './page.js';

const SETTLED_MS = 3_000;
const LONGEST_PAUSE_MS = 15_000;
const PART = { name: 'dialogs' };

beforeEach(() => void openPage(''));

/**
 * A part in one file, of which the network says what the test says; what it does is noted in `done`.
 * @param {(number | null)[]} answers statuses, null for none; the last one is repeated
 * @param {number} [broken] how often what was fetched cannot be imported
 */
function partOf(answers, broken = 0) {
  const timers = new FakeTimers();
  /** @type {string[]} */
  const done = [];
  let settle = () => {};
  let comeOnline = () => {};
  /** @type {Promise<void>} */
  const settled = new Promise((resolve) => (settle = resolve));
  const environment = {
    drawn: async () => void done.push('drawn'),
    online: () => /** @type {Promise<void>} */ (new Promise((resolve) => (comeOnline = resolve))),
    wait: (/** @type {number} */ ms) => /** @type {Promise<void>} */ (new Promise((resolve) => void timers.after(ms, () => resolve()))),
    fetch: /** @type {any} */ (
      async (/** @type {string} */ url, /** @type {RequestInit} */ { priority }) => {
        assert.equal(priority, 'low');
        done.push(url);
        const status = answers.length > 1 ? answers.shift() : answers[0];
        if (!status) throw new TypeError('Failed to fetch');
        return new Response('', { status });
      }
    ),
  };
  const load = async () => {
    done.push('import');
    if (broken-- > 0) throw new TypeError('Failed to import');
    return PART;
  };
  return { part: later(load, ['/dialogs.js'], settled, environment), done, timers, settle: () => settle(), comeOnline: () => comeOnline() };
}

const dialog = () => document.querySelector('dialog');

test('a part is loaded by itself once the page is settled, and then is there at once', async () => {
  const { part, done, settle: settlePage } = partOf([200]);
  await settle();
  assert.deepEqual(done, []);

  settlePage();
  await settle();
  assert.deepEqual(done, ['drawn', '/dialogs.js', 'import']);
  const asked = part();
  assert.equal(dialog(), null);
  assert.equal(await asked, PART);
  assert.deepEqual(done, ['drawn', '/dialogs.js', 'import']);
});

test('a page that does not settle loads it all the same', async () => {
  const { done, timers } = partOf([200]);
  await timers.pass(SETTLED_MS - 1);
  assert.deepEqual(done, []);

  await timers.pass(1);
  assert.deepEqual(done, ['/dialogs.js', 'import']);
});

test('who needs it earlier waits for it, in front of everything else', async () => {
  const { part, done } = partOf([200]);
  const asked = part();
  assert.match(dialog()?.textContent ?? '', /불러오고 있습니다/);

  assert.equal(await asked, PART);
  assert.equal(dialog(), null);
  assert.deepEqual(done, ['/dialogs.js', 'import']);
});

test('without the network, or while the hub does not answer, it is tried until it comes, and imported once', async () => {
  const { part, done, timers } = partOf([null, 503, 200]);
  const asked = part();
  await timers.pass(LONGEST_PAUSE_MS);

  assert.equal(await asked, PART);
  assert.deepEqual(done, ['/dialogs.js', '/dialogs.js', '/dialogs.js', 'import']);
});

test('whoever waits learns that it could not be loaded, and it opens as soon as the network is back', async () => {
  const { part, comeOnline } = partOf([null, 200]);
  const asked = part();
  assert.doesNotMatch(dialog()?.textContent ?? '', /네트워크/);
  await settle();
  assert.match(dialog()?.textContent ?? '', /아직 불러오지 못했습니다\. 네트워크를 확인해 주세요/);

  comeOnline();
  assert.equal(await asked, PART);
  assert.equal(dialog(), null);
});

test('a press tries at once, however long the pause would last', async () => {
  const { part, done, settle: settlePage } = partOf([null, 200]);
  settlePage();
  await settle();
  assert.deepEqual(done, ['drawn', '/dialogs.js']);

  assert.equal(await part(), PART);
  assert.deepEqual(done, ['drawn', '/dialogs.js', '/dialogs.js', 'import']);
});

test('what was fetched and could not be imported is tried again', async () => {
  const { part, done, timers } = partOf([200], 1);
  const asked = part();
  await timers.pass(LONGEST_PAUSE_MS);

  assert.equal(await asked, PART);
  assert.deepEqual(done, ['/dialogs.js', 'import', '/dialogs.js', 'import']);
});

test('who does not want to wait any more gets nothing, and it is still loaded', async () => {
  const { part, done, timers } = partOf([null, 200]);
  const asked = part();
  await settle();
  pressButton('취소');
  assert.equal(await asked, null);
  assert.equal(dialog(), null);

  await timers.pass(LONGEST_PAUSE_MS);
  assert.deepEqual(done, ['/dialogs.js', '/dialogs.js', 'import']);
  assert.equal(await part(), PART);
});
