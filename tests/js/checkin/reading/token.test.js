import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readToken, readTokens } from '#hub/checkin/reading/token.js';

/** @type {{cases: {name: string, text: string, tokens: string[]}[]}} */
const GOLDEN = JSON.parse(readFileSync(new URL('../../../golden/badge-codes.json', import.meta.url), 'utf-8'));

for (const { name, text, tokens } of GOLDEN.cases) {
  test(`what readers send is read as the hub reads it: ${name}`, () => {
    assert.deepEqual(readTokens(text), tokens);
  });
}

test('one token, several and none are told apart', () => {
  const [first, second] = ['MFRGGZDFMZTWQ2LKNNWG23TPOA', 'YZQAWM234567ABCDEFGHIJKLXY'];

  assert.deepEqual(readToken(`*${first}*`), { kind: 'token', token: first });
  assert.deepEqual(readToken(`${first}${second}`), { kind: 'several', tokens: [first, second] });
  assert.deepEqual(readToken('https://example.com/'), { kind: 'none' });
});
