import assert from 'node:assert/strict';
import { test } from 'node:test';
import { masked, RecentMemory } from '#hub/checkin/recent-memory.js';
import { Recent } from '#hub/checkin/recent.js';
import { openPage } from '../web/page.js';

const NOW = Date.parse('2021-12-02T03:00:00.000Z');

/** @param {string} id @param {string} at @param {object} [person] */
function admitted(id, at, person = {}) {
  const guest = { guest: `guest-${id}`, name: { ko: '석용주', en: '' }, masked: '석*주', organisation: '구미고용센터', seat: 'A-1', calls: [], mode: { id: 'onsite', label: null }, ...person };
  const data = { scan_id: id, verdict: 'admitted', may_undo: true, may_force: false, person: guest, at: { used: at } };
  return /** @type {any} */ ({ id, phase: 'confirmed', made: NOW, saved: true, body: { at, gate: 'main', direction: 'in', token: 'SECRET' }, local: null, answer: { ok: true, status: 200, message: '', data } });
}

/** @param {Record<string, unknown>} [kept] */
function disk(kept = {}) {
  const rows = new Map(Object.entries(kept));
  return {
    rows,
    keepDone: async (/** @type {string} */ id, /** @type {unknown} */ done) => void rows.set(id, JSON.parse(JSON.stringify(done))),
    dropDone: async (/** @type {string} */ id) => void rows.delete(id),
    done: async () => /** @type {any[]} */ ([...rows.values()]),
  };
}
const quiet = async () => {
  throw new TypeError('no network');
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what is kept of a scan has no code, no whole name, and nothing else about the person', () => {
  const kept = JSON.stringify(masked(admitted('a', '2021-12-02T02:00:00.000Z')));

  assert.deepEqual(['SECRET', '석용주', '구미고용센터', 'A-1'].filter((word) => kept.includes(word)), []);
  assert.match(kept, /석\*주/);
});

test('a page that is opened again has the list of the one before, and takes back what the server would', async () => {
  const memory = disk();
  openPage('<ol id="recent"></ol>');
  const list = () => /** @type {HTMLElement} */ (document.querySelector('#recent'));
  const first = new Recent(list(), 'Asia/Seoul', new RecentMemory(memory, '/undo', { fetch: quiet, now: () => NOW }));
  const [one, two, three] = ['a', 'b', 'c'].map((id, minute) => admitted(id, `2021-12-02T02:0${minute}:00.000Z`));
  for (const scan of [one, two, three]) first.add(scan);
  await settled();

  openPage('<ol id="recent"></ol>');
  /** @type {string[]} */
  const asked = [];
  /** @type {any} */
  let hub = quiet;
  const next = new Recent(list(), 'Asia/Seoul', new RecentMemory(memory, '/undo', { fetch: (/** @type {any} */ url) => hub(url), now: () => NOW }));
  await next.recall();
  const rows = () => [...document.querySelectorAll('#recent li')].map((row) => row.textContent);
  assert.deepEqual([next.undoable, rows()], [null, ['11:02:00입장석*주', '11:01:00입장석*주', '11:00:00입장석*주']]);

  hub = async (/** @type {string} */ url) => {
    asked.push(url);
    return Response.json({ scans: [{ scan_id: 'c', may_undo: false, undone: true }, { scan_id: 'b', may_undo: true, undone: false }, { scan_id: 'a', may_undo: false, undone: false }] });
  };
  await next.ask();

  assert.deepEqual([asked, next.undoable?.id, rows()[0]], [['/undo?scans=c,b,a'], 'b', '11:02:00되돌림석*주']);
});

test('what is older than half a day, or not in the list any more, is not kept', async () => {
  const old = { scan: masked(admitted('old', '2021-12-01T14:00:00.000Z')), state: 'stands' };
  const memory = disk({ old });
  openPage('<ol id="recent"></ol>');
  const recent = new Recent(/** @type {HTMLElement} */ (document.querySelector('#recent')), 'Asia/Seoul', new RecentMemory(memory, '/undo', { fetch: quiet, now: () => NOW }));
  await recent.recall();
  for (let number = 0; number < 10; number += 1) recent.add(admitted(`n${number}`, `2021-12-02T02:0${number}:00.000Z`));
  for (let turn = 0; !(memory.rows.has('n9') && memory.rows.size === 8) && turn < 100; turn += 1) await settled();

  assert.deepEqual([...memory.rows.keys()].toSorted(), ['n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9']);
});
