/** The layout of a lane in the browser: equal to that of the server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { laidOut, nextNumber } from '#hub/agenda/layout.js';

const golden = JSON.parse(readFileSync(new URL('../../golden/agenda-layout.json', import.meta.url), 'utf8'));

for (const { name, before, after } of golden) {
  test(`layout: ${name}`, () => {
    assert.deepEqual(laidOut(before), after);
  });
}

test('a lane that stays as it is keeps its cues', () => {
  const [{ after }] = golden.filter((/** @type {{name: string}} */ one) => one.name === 'over midnight');

  assert.ok(laidOut(after).every((cue, place) => cue === after[place]));
});

test('the next number is the one after the highest whole one', () => {
  assert.equal(nextNumber([{ number: '9' }, { number: 'A-12' }, { number: '10' }]), '11');
  assert.equal(nextNumber([]), '1');
});
