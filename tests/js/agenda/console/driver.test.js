import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Driver } from '#hub/agenda/console/driver.js';
import { CEREMONY, dayStore } from './day.js';

const NEXT = { command: 'next', body: {} };
const FACT = { stream: 'operator', seq: 41, topic: 'CueStarted', at: '', body: { lane: 'hall', cue: 'performance', by: '김감독', docs: {} } };
const DONE = { ok: true, status: 200, data: { fact: FACT }, message: '' };
const UNREACHED = { ok: false, status: 0, data: null, message: '' };

/** A hall where every answer waits until the test gives it. */
function scene() {
  const store = dayStore(CEREMONY);
  /** @type {{sent: any[], told: string[], catchUps: number, now: number, answer: (a: any) => Promise<void>, slow: () => void, driver: Driver, store: typeof store}} */
  const it = { sent: [], told: [], catchUps: 0, now: 1000, store, answer: async () => {}, slow: () => {}, driver: /** @type {any} */ (null) };
  it.driver = new Driver({
    conf: 'c',
    store,
    send: (url, body) => {
      it.sent.push({ url, ...body });
      return new Promise((resolve) => {
        it.answer = async (answer) => {
          resolve(answer);
          await new Promise((done) => setImmediate(done));
        };
      });
    },
    tell: (lane, { phase, words }) => it.told.push(`${lane} ${phase} ${words}`),
    catchUp: () => (it.catchUps += 1),
    now: () => it.now,
    later: (_, fn) => {
      it.slow = fn;
      return () => (it.slow = () => {});
    },
  });
  return it;
}

test('a press is shown at once, sent with what was seen, and confirmed in words', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  assert.deepEqual(it.told, ['hall sending 보내는 중']);
  assert.deepEqual({ ...it.sent[0], command_id: '' }, { url: '/api/v1/c/c/run/next', command_id: '', seen: 40, lane: 'hall' });
  await it.answer(DONE);
  assert.equal(it.told.at(-1), 'hall confirmed 다음 순서로: performance');
  assert.equal(it.store.head, 41);
});

test('while one command of a lane is under way no other is sent there, but the other lane is free', () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  void it.driver.drive('hall', 'longer', { command: 'extend', body: { seconds: 60 } }, 40);
  void it.driver.drive('metaverse', 'start', { command: 'start', body: {} }, 40);
  assert.deepEqual(it.sent.map(({ url }) => url), ['/api/v1/c/c/run/next', '/api/v1/c/c/run/start']);
  assert.equal(it.driver.accepts('hall', 'longer'), false);
  assert.equal(it.told.at(-1), 'hall sending 보내는 중 · 방금 누른 것은 받지 않았습니다');
});

test('a second press in the same moment is a slip, later it counts; minutes may be pressed fast', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  await it.answer(DONE);
  it.now += 400;
  assert.equal(it.driver.accepts('hall', 'next'), false);
  assert.equal(it.told.at(-1), 'hall confirmed 두 번 눌린 것을 한 번으로 받았습니다.');
  assert.equal(it.driver.accepts('hall', 'hold'), true);
  it.now += 400;
  assert.equal(it.driver.accepts('hall', 'next'), true);
  void it.driver.drive('hall', 'longer', { command: 'extend', body: { seconds: 60 } }, 41);
  await it.answer({ ...DONE, data: { fact: { ...FACT, seq: 42 } } });
  assert.equal(it.driver.accepts('hall', 'longer'), true);
});

test('without an answer the same command goes on being sent, and says so', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  it.slow();
  assert.equal(it.told.at(-1), 'hall retrying 서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.');
  await it.answer(UNREACHED);
  await it.answer(DONE);
  assert.equal(it.sent.length, 2);
  assert.deepEqual(it.sent[1], it.sent[0]);
  assert.match(it.told.at(-1) ?? '', /^hall confirmed/);
});

test('a command given up is sent no more, and a late answer is not told as news', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  it.driver.giveUp('hall', 'next');
  await it.answer(UNREACHED);
  assert.equal(it.sent.length, 1);
  assert.match(it.told.at(-1) ?? '', /^hall unknown/);
  assert.equal(it.catchUps, 1);
});

test('a stale press says who did what instead, and catches up', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  const error = { code: 'stale', by: '김감독', changed: [{ ...FACT, by: '김감독' }] };
  await it.answer({ ok: false, status: 409, data: { error }, message: '그 사이' });
  assert.equal(it.told.at(-1), 'hall refused 실행하지 않았습니다. 김감독 님이 먼저 ‘다음 순서로: performance’');
  assert.equal(it.catchUps, 1);
});

test('another refusal is told in the words of the server', async () => {
  const it = scene();
  void it.driver.drive('hall', 'next', NEXT, 40);
  await it.answer({ ok: false, status: 409, data: { error: { code: 'last_cue' } }, message: '마지막 순서입니다.' });
  assert.equal(it.told.at(-1), 'hall refused 마지막 순서입니다.');
});
