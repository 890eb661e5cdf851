import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takePageState } from '#hub/live/page-state.js';

/** @param {Record<string, string>} states texts by stream */
function page(states) {
  /** @type {any} */
  const root = {
    /** @param {string} selector */
    querySelector(selector) {
      const stream = /^script\[data-state="(\w+)"\]$/.exec(selector)?.[1] ?? '';
      return stream in states ? { textContent: states[stream], remove: () => delete states[stream] } : null;
    },
  };
  return root;
}

test('the state of a stream is taken out of the page once', () => {
  const root = page({ public: '{"stream":"public","head":3,"now":"2021-12-02T00:20:00.000Z","snapshot":{"programme":{"note":"\\u003c/script\\u003e"}}}' });
  assert.deepEqual(takePageState('public', root), {
    stream: 'public', head: 3, now: '2021-12-02T00:20:00.000Z', snapshot: { programme: { note: '</script>' } },
  });
  assert.equal(takePageState('public', root), null);
});

test('a page without the state of a stream has none', () => {
  assert.equal(takePageState('operator', page({ public: '{}' })), null);
});
