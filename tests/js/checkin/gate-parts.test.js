import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Direction, LEAVING_MS } from '#hub/checkin/direction.js';
import { remembered } from '#hub/checkin/gate-choice.js';
import { Recent } from '#hub/checkin/recent.js';
import { namesakes } from '#hub/checkin/search.js';
import { COUNTING } from '#hub/checkin/words/counting.js';
import { DOOR } from '#hub/checkin/words/door.js';
import { notices, openPage } from '../web/page.js';

const AT = Date.parse('2021-12-02T00:01:00.000Z');

test('letting out ends by itself a minute after its last scan, and says so', () => {
  const page = openPage('<input type="radio" name="d" id="direction-in" checked><span>Enter</span><input type="radio" name="d" id="direction-out"><span>Leave</span><p id="leaving" hidden><strong id="leaving-title"></strong><span id="leaving-time"></span><button id="leaving-end"></button></p>');
  let now = 0;
  const direction = new Direction(() => now);
  const out = /** @type {HTMLInputElement} */ (page.querySelector('#direction-out'));
  out.checked = true;
  out.dispatchEvent(new (/** @type {any} */ (page.defaultView)).Event('change'));
  assert.deepEqual([direction.take(), page.body.dataset.direction, page.querySelector('#leaving-time')?.textContent], ['out', 'out', '60초 뒤 입장으로']);

  now += LEAVING_MS - 1;
  assert.equal(direction.take(), 'out');
  now += LEAVING_MS - 1;
  direction.tick();
  assert.deepEqual([direction.way, notices()], ['out', []]);
  now += 1;

  assert.deepEqual([direction.take(), page.body.dataset.direction, notices()], ['in', 'in', ['1분 동안 스캔이 없어 입장으로 돌아왔습니다.']]);
});

test('where people are only counted, nobody is let in again when the time of leaving is over', () => {
  const page = openPage('<div id="direction"><input type="radio" name="d" id="direction-in" checked><span>Enter</span><input type="radio" name="d" id="direction-out"><span>Leave</span></div><p id="leaving" hidden><strong id="leaving-title"></strong><span id="leaving-time"></span><button id="leaving-end"></button></p>');
  let now = 0;
  const direction = new Direction(() => now);
  const words = () => ['#leaving-title', '#leaving-time', '#leaving-end', '#direction-in + span', '#direction-out + span'].map((id) => page.querySelector(id)?.textContent);
  direction.allow(true, COUNTING);
  const out = /** @type {HTMLInputElement} */ (page.querySelector('#direction-out'));
  out.checked = true;
  out.dispatchEvent(new (/** @type {any} */ (page.defaultView)).Event('change'));

  assert.deepEqual(words(), ['나가는 분 확인 중', '60초 뒤 들어오는 분으로', '들어오는 분으로', '들어올 때', '나갈 때']);
  direction.allow(true, DOOR);
  direction.tick();
  assert.deepEqual(words(), ['퇴장 처리 중', '60초 뒤 입장으로', '입장으로', 'Enter', 'Leave']);
  direction.allow(true, COUNTING);
  now += LEAVING_MS;
  direction.tick();
  assert.deepEqual([direction.way, notices().at(-1)], ['in', '1분 동안 스캔이 없어 들어오는 분으로 돌아왔습니다.']);
});

test('a gate is remembered for half a day', () => {
  const stored = JSON.stringify({ id: 'main', at: AT });

  assert.deepEqual(
    [remembered(stored, AT + 3_600_000), remembered(stored, AT + 12 * 3_600_000), remembered(null, AT), remembered('main', AT)],
    ['main', null, null, null],
  );
});

test('only those who look the same in the list are told apart by number', () => {
  const found = (/** @type {string} */ guest, /** @type {object} */ more = {}) =>
    /** @type {any} */ ({ guest, name: { ko: '김민수', en: '' }, organisation: '구미고용센터', group: null, seat: null, ...more });

  assert.deepEqual(namesakes([found('1'), found('2'), found('3', { seat: 'A-1' }), found('4', { organisation: null })]), new Set(['1', '2']));
});

test('what can be taken back is the last act, and nothing of a guest of whom a later one cannot', () => {
  openPage('<ol id="recent"></ol>');
  const recent = new Recent(/** @type {HTMLElement} */ (document.querySelector('#recent')), 'Asia/Seoul', { keep() {}, drop() {}, recall: async () => [], standing: async () => [] });
  const act = (/** @type {string} */ id, /** @type {string} */ guest, /** @type {number} */ second, may_undo = true) => ({
    id, phase: 'confirmed', body: { at: new Date(AT + second * 1000).toISOString() },
    answer: { ok: true, status: 200, message: '', data: { scan_id: id, verdict: 'admitted', may_undo, may_force: false, person: { guest, name: { ko: guest, en: '' }, masked: guest, calls: [], mode: { id: 'onsite', label: null } } } },
  });
  const [first, second, refused] = [act('a', '갑', 0), act('b', '을', 1), act('c', '병', 2, false)];
  for (const scan of [first, refused, second]) recent.add(scan);
  assert.equal(recent.undoable, second);
  recent.mark(second, 'undone');
  assert.equal(recent.undoable, first);

  recent.add(act('d', '갑', 3));
  recent.mark(act('d', '갑', 3), 'fixed');

  assert.equal(recent.undoable, null);
  assert.deepEqual([...document.querySelectorAll('#recent li')].map((row) => row.textContent), ['09:01:03입장갑', '09:01:02입장병', '09:01:01되돌림을', '09:01:00입장갑']);
});
