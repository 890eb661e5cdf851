/** Where lanes of a plan meet, in the browser: equal to what the server finds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { crossed, loneCues } from '#hub/agenda/sync-points.js';

const golden = JSON.parse(readFileSync(new URL('../../golden/agenda-sync-points.json', import.meta.url), 'utf8'));

for (const { name, lanes, crossed: expected } of golden) {
  test(`lanes that meet: ${name}`, () => {
    assert.equal(crossed(Object.values(lanes).map((cues) => ({ cues }))), expected.length > 0);
  });
}

test('a sync point of one lane alone is named, a skipped cue meets nobody', () => {
  const cue = (/** @type {string} */ id, /** @type {string | null} */ sync, skipped = false) => ({ id, sync, skipped });
  const lanes = [{ cues: [cue('a', '1'), cue('b', '2'), cue('c', null)] }, { cues: [cue('d', '1'), cue('e', '2', true)] }];

  assert.deepEqual(loneCues(lanes), new Set(['b']));
});
