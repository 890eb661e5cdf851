import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewal } from '#hub/web/session.js';

const HERE = { token: 'old', actor: 'account:7' };

test('the token is renewed only while the same one acts', () => {
  assert.equal(renewal(HERE, { token: 'new', actor: 'account:7' }), 'same');
  assert.equal(renewal(HERE, { token: 'new', actor: 'account:8' }), 'other');
  assert.equal(renewal(HERE, { token: 'new', actor: '' }), 'other');
});

test('a page that does not say who acts is never taken for the same', () => {
  assert.equal(renewal({ token: 'old', actor: '' }, { token: 'new', actor: '' }), 'other');
});

test('a page that may not be seen any more is of somebody else, one that cannot be fetched is tried again', () => {
  assert.equal(renewal(HERE, 'forbidden'), 'other');
  assert.equal(renewal(HERE, 'unreached'), 'unreached');
  assert.equal(renewal(HERE, { token: '', actor: 'account:7' }), 'other');
});
