import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken, renewSession, renewal } from '#hub/web/session.js';
import { settle } from './fakes.js';
import { openPage } from './page.js';

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

/**
 * A page that acts as account 7 and, when it is fetched again, is answered so.
 * @param {string} html
 * @param {number} [status]
 */
function pageThatIsNow(html, status = 200) {
  openPage('', { head: '<meta name="csrf-token" content="old"><meta name="actor" content="account:7">', url: 'http://hub.test/checkin/?conf=c#x' });
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    await settle();
    return new Response(html, { status });
  };
  return asked;
}

test('the new token is read from the page itself, once for all who ask at the same time', async () => {
  const asked = pageThatIsNow('<html><head><meta name="csrf-token" content="new"><meta name="actor" content="account:7"></head></html>');

  assert.deepEqual(await Promise.all([renewSession(), renewSession()]), ['same', 'same']);
  assert.deepEqual([csrfToken(), asked.length, asked[0]?.split('#')[0]], ['new', 1, 'http://hub.test/checkin/?conf=c']);
});

test('the token of another actor is not taken', async () => {
  pageThatIsNow('<html><head><meta name="csrf-token" content="new"><meta name="actor" content="guest:guest-015"></head></html>');

  assert.deepEqual([await renewSession(), csrfToken()], ['other', 'old']);
});

test('a page that is forbidden now is of somebody else, and a server in trouble is asked again later', async () => {
  pageThatIsNow('', 403);
  assert.equal(await renewSession(), 'other');
  pageThatIsNow('', 503);
  assert.equal(await renewSession(), 'unreached');
});
