/** What is odd about a plan, in the browser: equal to what the server finds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { findings } from '#hub/agenda/findings.js';

const golden = JSON.parse(readFileSync(new URL('../../golden/agenda-findings.json', import.meta.url), 'utf8'));

for (const { name, lanes, days, loads, found } of golden) {
  test(`findings: ${name}`, () => {
    assert.deepEqual(findings(lanes, days, loads), found);
  });
}
