import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '#hub/agenda/editor/draft.js';
import { made } from '#hub/agenda/editor/fitting.js';
import { Saver } from '#hub/agenda/editor/saver.js';
import { setFields } from '#hub/agenda/editor/steps.js';
import { plan } from './plan.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */

/** A server that holds a plan, answers as the hub does, and can be made to refuse or to stay away. */
class FakeServer {
  content = plan();
  revision = 7;
  by = '';
  /** @type {object[][]} */
  sent = [];
  /** @type {{code: string, status: number, message: string}[]} */
  refusals = [];
  away = 0;

  /** @type {import('#hub/agenda/editor/saver.js').Server['post']} */
  post = async ({ revision, edits }, onPhase) => {
    await Promise.resolve();
    if (this.away > 0) onPhase('retrying');
    this.away = 0;
    const refusal = this.refusals.shift() ?? (revision === this.revision ? null : { code: 'plan_changed', status: 409, message: '바뀌었습니다' });
    this.sent.push(edits);
    if (refusal) return { ok: false, status: refusal.status, code: refusal.code, data: null, message: refusal.message };
    for (const edit of /** @type {any[]} */ (edits)) this.content = withCue(this.content, edit.cue);
    this.revision += 1;
    return { ok: true, status: 200, code: '', data: { revision: this.revision }, message: '' };
  };

  fetchPlan = async () => {
    await Promise.resolve();
    if (this.away > 0) {
      this.away -= 1;
      return null;
    }
    return { ...this.content, revision: this.revision, by: this.by };
  };

  wait = async () => {};

  /**
   * Let somebody else change the plan while it is on its way to who fetched it: that one gets it as it was.
   * @param {() => void} then
   */
  changeDuringFetch(then) {
    const fetchPlan = this.fetchPlan;
    this.fetchPlan = async () => {
      this.fetchPlan = fetchPlan;
      const found = await fetchPlan();
      this.content = withCue(this.content, { ...this.content.lanes[0]?.cues[0], title: { ko: '환영사', en: '' } });
      this.revision += 1;
      then();
      return found;
    };
  }
}

/**
 * @param {Content} content
 * @param {any} cue
 */
function withCue(content, cue) {
  return { ...content, lanes: content.lanes.map((lane) => ({ ...lane, cues: lane.cues.map((one) => (one.id === cue.id ? cue : one)) })) };
}

/** @param {(server: FakeServer, saver: Saver) => void} [before] what happens before the plan is fetched first */
async function opened(before) {
  const server = new FakeServer();
  const draft = new Draft();
  /** @type {string[]} */
  const heard = [];
  /** @type {string[]} */
  const states = [];
  const saver = new Saver(draft, server, {
    onChange: () => states.at(-1) !== saver.state && void states.push(saver.state),
    onHeld: (held) => void heard.push(`held ${held.length}`),
    onRefused: (words) => void heard.push(`refused ${words}`),
    onOthers: (by) => void heard.push(`others ${by}`),
  });
  before?.(server, saver);
  await saver.load();
  /** @param {string} id @param {string} words */
  const title = (id, words) => {
    const step = setFields(draft.content, 'cue', id, { 'title.ko': words }, words);
    assert.ok(step);
    draft.make(step);
    saver.save();
  };
  return { server, draft, saver, heard, states, title };
}

/** @param {() => boolean} reached */
async function until(reached) {
  for (let turn = 0; turn < 200 && !reached(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(reached());
}

/** @param {Content} content */
const titles = (content) => content.lanes.flatMap((lane) => lane.cues.map((cue) => cue.title.ko));

test('steps are saved one request at a time, those that wait together', async () => {
  const { server, draft, saver, states, title } = await opened();
  title('1', '개회');
  title('2', '축사');
  title('3', '시상');
  await until(() => saver.state === 'saved');
  assert.deepEqual([titles(server.content), server.sent.map((edits) => edits.length), draft.revision], [['개회', '축사', '시상', '4'], [1, 2], 9]);
  assert.deepEqual(states.slice(-2), ['saving', 'saved']);
});

test('a revision by somebody else is fetched, and mine is sent on top of it', async () => {
  const { server, draft, saver, title } = await opened();
  server.content = withCue(server.content, { ...server.content.lanes[0].cues[2], title: { ko: '시상 ①', en: '' } });
  server.revision = 8;
  title('2', '축사');
  await until(() => saver.state === 'saved');
  assert.deepEqual([titles(server.content), titles(draft.content)], [['1', '축사', '시상 ①', '4'], ['1', '축사', '시상 ①', '4']]);
});

test('the same field: held, and nothing of theirs is overwritten', async () => {
  const { server, draft, saver, heard, title } = await opened();
  server.content = withCue(server.content, { ...server.content.lanes[0].cues[1], title: { ko: '격려사', en: '' } });
  [server.revision, server.by] = [8, '김은영'];
  title('2', '축사');
  await until(() => saver.state === 'saved');
  assert.deepEqual([heard, titles(server.content), draft.held.length], [['held 1'], ['1', '격려사', '3', '4'], 1]);
  draft.decide(draft.held[0], 'mine');
  saver.save();
  await until(() => titles(server.content)[1] === '축사');
});

test('news of a revision fetches it once, and says who', async () => {
  const { server, draft, saver, heard } = await opened();
  [server.revision, server.by] = [9, '김은영'];
  server.content = made(server.content, { id: '', name: '', changes: [] });
  saver.exists(9);
  saver.exists(9);
  await until(() => draft.revision === 9);
  assert.deepEqual(heard, ['others 김은영']);
});

test('news of a revision that comes while an earlier one is fetched is not lost', async () => {
  const { server, draft, saver } = await opened();
  server.revision += 1;
  server.changeDuringFetch(() => saver.exists(9));
  saver.exists(8);
  await until(() => draft.revision === 9 && saver.state === 'saved');
  assert.equal(draft.content.lanes[0]?.cues[0]?.title.ko, '환영사');
});

test('news of a revision that comes while the plan is fetched first is not lost', async () => {
  const { draft, saver } = await opened((server, own) => server.changeDuringFetch(() => own.exists(8)));
  await until(() => draft.revision === 8 && saver.state === 'saved');
  assert.equal(draft.content.lanes[0]?.cues[0]?.title.ko, '환영사');
});

test('a plan that begins anew with a lower revision is taken', async () => {
  const { server, draft, saver } = await opened();
  server.revision = 3;
  saver.exists(8);
  await until(() => draft.revision === 3 && saver.state === 'saved');
});

test('of several steps sent together, the one that is refused is found, and the others are saved', async () => {
  const { server, draft, saver, heard, title } = await opened();
  const no = { code: 'number_taken', status: 409, message: '번호가 겹칩니다' };
  server.refusals = [no, no];
  draft.make(/** @type {any} */ (setFields(draft.content, 'cue', '1', { 'title.ko': '개회' }, '')));
  title('2', '축사');
  await until(() => saver.state === 'saved' && draft.pending.length === 0);
  assert.deepEqual([heard, titles(server.content), draft.held.map(({ words }) => words)], [['held 1', 'refused 번호가 겹칩니다'], ['1', '축사', '3', '4'], ['번호가 겹칩니다']]);
});

test('signed out: nothing is lost, and it goes on after signing in', async () => {
  const { server, draft, saver, title } = await opened();
  server.refusals = [{ code: 'not_signed_in', status: 401, message: '로그인해 주세요' }];
  title('2', '축사');
  await until(() => saver.state === 'stopped');
  assert.deepEqual([saver.stopped, saver.signedOut, draft.pending.length], ['로그인해 주세요', true, 1]);
  saver.resume();
  assert.equal(saver.signedOut, false);
  await until(() => saver.state === 'saved');
  assert.equal(titles(server.content)[1], '축사');
});

test('no answer: the state says so until it comes', async () => {
  const { server, saver, states, title } = await opened();
  server.away = 1;
  title('2', '축사');
  await until(() => saver.state === 'saved');
  assert.deepEqual(states.slice(-3), ['saving', 'waiting', 'saved']);
});
