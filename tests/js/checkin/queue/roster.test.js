import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, test } from 'node:test';
import 'fake-indexeddb/auto';
import { Roster } from '#hub/checkin/queue/roster.js';
import { Vault } from '#hub/checkin/queue/vault.js';

const NOON = Date.parse('2021-12-02T12:00:00.000Z');
const hex = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
const DOC = {
  as_of: '2021-12-02T12:00:00.000Z',
  expires_at: '2021-12-02T18:00:00.000Z',
  salt: 'salt',
  rules: {
    blue: 'admit', timezone: 'Asia/Seoul',
    gates: [{ id: 'main', point: 'hall', groups: [], modes: [] }],
    points: [{ id: 'hall', kind: 'door', exits: true, reentry: 'after_exit', daily: false, windows: [{ opens_at: '2021-12-02T08:00:00.000Z', closes_at: '2021-12-02T18:00:00.000Z' }] }],
  },
  badges: [[hex(`salt${hex('TOKEN')}`).slice(0, 32), 0]],
  people: ['g1', 'g2'].map((guest) => ({ guest, masked: '김*수', label: null, group: null, mode: 'onsite', seat: null, look: false })),
  parties: [[0, 1]],
  gone: [],
};
let devices = 0;
/** @type {Vault[]} */
let opened = [];
afterEach(() => {
  for (const vault of opened) void vault.close();
  opened = [];
});

/** @param {{conf?: string, now?: number}} [given] */
function device({ conf = `roster-${(devices += 1)}`, now = NOON } = {}) {
  /** @type {(string | null)[]} */
  const asked = [];
  /** @type {Response[]} */
  const answers = [];
  const vault = new Vault(conf);
  opened.push(vault);
  /** @type {any[]} */
  const said = [];
  const environment = {
    fetch: /** @type {any} */ (async (/** @type {string} */ _url, /** @type {any} */ { headers }) => {
      asked.push(headers['If-None-Match'] ?? null);
      const answer = answers.shift();
      if (!answer) throw new TypeError('no network');
      return answer;
    }),
    now: () => now,
    clock: { offset: 0, heard() {} },
    vault,
  };
  return { conf, asked, answers, said, roster: new Roster('/roster', environment, (status) => said.push(status)) };
}
const fresh = () => Response.json(DOC, { headers: { ETag: '"tag-1"' } });
const SCAN = { token: 'TOKEN', gate: 'main', direction: 'in', at: '2021-12-02T12:01:00.000Z' };

test('a roster is fetched, kept, and asked for by its tag the next time', async () => {
  const { conf, roster, answers, asked, said } = device();
  answers.push(fresh(), new Response(null, { status: 304, headers: { 'X-Roster-As-Of': '2021-12-02T12:00:40.000Z', 'X-Roster-Expires-At': '2021-12-02T18:00:00.000Z' } }));
  await roster.refresh();
  await roster.refresh();
  assert.deepEqual([asked, said], [[null, '"tag-1"'], [{ badges: 1, asOf: DOC.as_of }, { badges: 1, asOf: '2021-12-02T12:00:40.000Z' }]]);

  const next = device({ conf });
  await next.roster.load();
  assert.deepEqual(next.roster.status, { badges: 1, asOf: '2021-12-02T12:00:40.000Z' });
});

test('who asks while the list is on its way does not fetch it again, and asks then whether it changed', async () => {
  const { roster, answers, asked } = device();
  answers.push(fresh(), new Response(null, { status: 304 }), new Response(null, { status: 304 }));
  await Promise.all([roster.refresh(), roster.refresh(), roster.refresh()]);
  assert.deepEqual(asked, [null, '"tag-1"']);
  await roster.refresh();
  assert.deepEqual(asked, [null, '"tag-1"', '"tag-1"']);
});

test('a badge is found by the digest that only this device can make, and not let in twice', async () => {
  const { roster, answers } = device();
  answers.push(fresh());
  await roster.refresh();
  const [first, second, other] = [await roster.answer(SCAN), await roster.answer({ ...SCAN, at: '2021-12-02T12:02:00.000Z' }), await roster.answer({ ...SCAN, token: 'OTHER', also: ['TOKEN'], direction: 'out' })];
  assert.deepEqual([first, second, other].map((one) => one?.verdict), ['known', 'scanned_here', 'known']);
});

test('whom staff name is let in once, by name or by badge', async () => {
  const { roster, answers } = device();
  answers.push(fresh());
  await roster.refresh();
  const named = { guest: 'g1', gate: 'main', direction: 'in', at: SCAN.at };
  const scans = [named, { ...SCAN, at: '2021-12-02T12:02:00.000Z' }, { ...named, guest: 'nobody' }];
  const [first, second, third] = [await roster.answer(scans[0]), await roster.answer(scans[1]), await roster.answer(scans[2])];
  assert.deepEqual([first?.verdict, first?.acted, second?.verdict, third], ['known', 'admitted', 'scanned_here', null]);
});

test('the company of a guest says whom this device let in, by itself or as the server said', async () => {
  const { roster, answers } = device();
  answers.push(fresh());
  await roster.refresh();
  const inside = () => roster.company('g1', 'main')?.people.map((one) => [one.guest, one.inside]);
  const before = inside();
  await roster.seen(/** @type {any} */ ({ phase: 'confirmed', local: null, body: { guest: 'g2', gate: 'main', direction: 'in', at: DOC.as_of }, answer: { data: { verdict: 'admitted' } } }));
  assert.deepEqual([before, inside(), roster.company('nobody', 'main')], [[['g1', false], ['g2', false]], [['g1', false], ['g2', true]], null]);
});

test('what a page of before wrote down is read: no parties, and badges that went through instead of guests', async () => {
  const { conf, roster, answers } = device();
  const { parties: _, ...before } = DOC;
  answers.push(Response.json(before, { headers: { ETag: '"tag-0"' } }));
  await roster.refresh();
  const vault = new Vault(conf);
  opened.push(vault);
  const [[digest]] = /** @type {[[string, number]]} */ (/** @type {unknown} */ (DOC.badges));
  await vault.keepPassed([{ digest, point: 'hall', direction: 'in', at: Date.parse(SCAN.at) }, { digest: 'of nobody', point: 'hall', direction: 'in', at: Date.parse(SCAN.at) }]);

  const next = device({ conf });
  await next.roster.load();
  const again = await next.roster.answer({ ...SCAN, at: '2021-12-02T12:02:00.000Z' });
  assert.deepEqual([again?.verdict, again?.first, again?.party, next.roster.company('g1', 'main')?.people.length], ['scanned_here', { at: SCAN.at }, undefined, 1]);

  next.answers.push(fresh());
  await next.roster.refresh();
  assert.deepEqual([next.asked, next.roster.company('g1', 'main')?.people.length], [['"tag-0"'], 2]);
});

test('whom the server let in here is known when the badge comes back', async () => {
  const { roster, answers } = device();
  answers.push(fresh());
  await roster.refresh();
  await roster.seen(/** @type {any} */ ({ phase: 'confirmed', local: null, body: SCAN, answer: { data: { verdict: 'admitted' } } }));
  assert.deepEqual((await roster.answer({ ...SCAN, at: '2021-12-02T12:02:00.000Z' }))?.first, { at: SCAN.at });
});

test('a device that was ended, or whose list is too old or of tomorrow, knows nothing, and keeps nothing', async () => {
  const ended = device();
  ended.answers.push(fresh(), Response.json({ error: { code: 'device_ended' } }, { status: 403 }));
  await ended.roster.refresh();
  await ended.roster.refresh();
  assert.deepEqual([ended.said.at(-1), await ended.roster.answer(SCAN)], [null, null]);
  await ended.roster.load();
  assert.equal(ended.roster.status, null);

  for (const now of [Date.parse(DOC.expires_at), NOON - 3_600_000]) {
    const first = device();
    first.answers.push(fresh());
    await first.roster.refresh();
    const later = device({ conf: first.conf, now });
    await later.roster.load();
    assert.deepEqual([later.roster.status, await later.roster.answer(SCAN)], [null, null]);
  }
});

test('without the network the roster stays as it is', async () => {
  const { roster, answers } = device();
  answers.push(fresh());
  await roster.refresh();
  await roster.refresh();
  assert.deepEqual(roster.status, { badges: 1, asOf: DOC.as_of });
});

test('a list that is still on its way when the hub says that the device is ended is not kept, nor whom the device let through', async () => {
  const { conf, roster, answers, said } = device();
  answers.push(fresh());
  await roster.refresh();
  const noting = roster.answer(SCAN);
  answers.push(fresh());
  const asking = roster.refresh();
  await roster.lose();
  await Promise.all([asking, noting]);
  assert.deepEqual([roster.refused, roster.status, said.at(-1)], [true, null, null]);
  const vault = new Vault(conf);
  opened.push(vault);
  assert.deepEqual([await vault.roster(), await vault.passed()], [null, null]);

  answers.push(fresh());
  await roster.refresh();
  assert.deepEqual([roster.refused, roster.status], [false, { badges: 1, asOf: DOC.as_of }]);
});
