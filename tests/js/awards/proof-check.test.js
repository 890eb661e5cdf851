import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { checked, who } from '#hub/awards/proof-check.js';

/** @param {string} words */
const sha = (words) => createHash('sha256').update(words).digest('hex');
const LINE = { salt: 'ab', text: '{"level":{"ko":"대상","en":"Grand Prize"},"organisation":"천안고용센터","recipient":"석용주"}' };
const digests = [sha(`${LINE.salt}\n${LINE.text}`), sha('another')].sort();
const commitment = { digest: sha(digests.join('\n')), digests, opened: [LINE] };

test('an opened line matches one of the digests', async () => {
  assert.deepEqual(await checked(commitment), { whole: true, lines: [{ ...LINE, matches: true }] });
});

test('a line with another name matches none', async () => {
  const other = { ...LINE, text: LINE.text.replace('석용주', '서미영') };
  assert.deepEqual(await checked({ ...commitment, opened: [other] }), { whole: true, lines: [{ ...other, matches: false }] });
});

test('a digest that is not over the list is found', async () => {
  assert.deepEqual(await checked({ ...commitment, digest: digests[0] ?? '' , opened: [] }), { whole: false, lines: [] });
});

test('a line is read as level, name and organisation', () => {
  assert.equal(who(LINE.text), '대상 · 석용주 · 천안고용센터');
});
