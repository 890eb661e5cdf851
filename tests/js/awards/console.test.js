import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { awardsPanel } from '#hub/awards/console.js';
import { CommandServer, settle } from '../web/fakes.js';
import { buttonsOf, notices, openPage, pressButton } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

const PANEL = '<section id="awards-panel"><span data-count></span><div data-up></div><ol data-following></ol><table><tbody data-all></tbody></table></section>';
const HEAD = '<meta name="csrf-token" content="token-1"><meta name="actor" content="account:7">';

/** @type {CommandServer} */
let server;

beforeEach(() => {
  openPage(PANEL, { head: HEAD });
  server = new CommandServer();
  globalThis.fetch = server.environment.fetch;
});

/**
 * The panel of the hall.
 * @param {ReturnType<typeof ceremony>} store
 */
function panelOf(store) {
  const panel = awardsPanel({ store, conf: 'conf', lane: () => 'hall' });
  panel.render();
  return { ...panel, store };
}

const up = () => /** @type {HTMLElement} */ (document.querySelector('[data-up]'));
const rows = () => [...document.querySelectorAll('[data-all] tr')];
const received = () => server.received.map(({ url, command_id: _, csrf: __, ...body }) => [url, body]);

test('the award that is up is shown with its buttons, and those that follow below', () => {
  panelOf(ceremony([allowing(['arm', 'defer', 'skip', 'correct']), allowing([], { id: 'b', recipient: '서미영' }), allowing([], { id: 'c' })]));

  assert.equal(document.querySelector('[data-up] .award-name')?.textContent, '석용주');
  assert.deepEqual(buttonsOf(up()), ['발표 준비', '뒤로 미루기', '건너뛰기', '고치기']);
  assert.deepEqual([...document.querySelectorAll('[data-following] li')].map((line) => line.children[1]?.textContent), ['서미영, 천안고용센터', '석용주, 천안고용센터']);
});

test('the state of the recipient stands beside their award, and follows it', () => {
  const guest = { id: 'guest-001', inside: false, remote_connected: false };
  const { store } = panelOf(ceremony([allowing(['arm'])], { 'guest/guest-001': guest }));
  const badges = () => [...up().querySelectorAll('.badge')].map((badge) => badge.textContent);
  assert.deepEqual(badges(), ['발표 전', '아직 오지 않음']);

  store.apply([{ stream: 'operator', seq: 2, topic: 'GuestAdmitted', at: '', body: { docs: { 'guest/guest-001': { ...guest, inside: true } } } }]);
  assert.deepEqual(badges(), ['발표 전', '도착함']);
});

test('A arms, R reveals and D ends the award that is up, each with what the operator had seen', async () => {
  for (const [letter, verb] of /** @type {const} */ ([['A', 'arm'], ['R', 'reveal'], ['D', 'done']])) {
    openPage(PANEL, { head: HEAD });
    const { key } = panelOf(ceremony([allowing([verb]), allowing([verb], { id: 'b' })]));
    assert.equal(key(letter), true);
  }
  await settle();

  assert.deepEqual(received(), ['arm', 'reveal', 'done'].map((verb) => [`/api/v1/c/conf/awards/a/${verb}`, { seen: 1 }]));
});

test('a key whose step the server does not allow does nothing, and says that it had no use', async () => {
  const { key } = panelOf(ceremony([allowing(['arm']), allowing(['reveal'], { id: 'b' })]));

  assert.deepEqual(['R', 'D', 'Q'].map(key), [false, false, false]);
  await settle();
  assert.deepEqual(received(), []);
});

test('a key without a lane of awards has no use', () => {
  const { key } = panelOf(ceremony([]));

  assert.equal(key('A'), false);
});

test('while a command is under way its button is busy and a second press sends nothing', async () => {
  const { key } = panelOf(ceremony([allowing(['arm'])]));
  key('A');
  key('A');
  await settle();

  assert.deepEqual([received().length, up().querySelector('button')?.getAttribute('aria-busy')], [1, 'true']);
});

test('the answer is taken in at once, before the stream brings it', async () => {
  const { key, store } = panelOf(ceremony([allowing(['arm'])]));
  key('A');
  await settle();
  const armed = allowing(['reveal', 'take-back'], { state: 'armed' });
  await server.answer({ fact: { stream: 'operator', seq: 2, topic: 'AwardArmed', at: '', body: { award: 'a', docs: { 'award/a': armed } } } });

  assert.deepEqual([store.head, buttonsOf(up())], [2, ['발표', '비공개로 되돌리기']]);
});

test('a refusal is shown in the words of the server', async () => {
  const { key } = panelOf(ceremony([allowing(['reveal'])]));
  key('R');
  await settle();
  await server.refuse('not_armed');

  assert.deepEqual([notices(), up().querySelector('button')?.hasAttribute('aria-busy')], [['refused: not_armed'], false]);
});

for (const [answer, sent] of /** @type {const} */ ([['yes', ['/api/v1/c/conf/awards/a/take-back']], ['', []]])) {
  test(`taking back asks first, and the answer "${answer}" sends ${sent.length} commands`, async () => {
    panelOf(ceremony([allowing(['take-back'])]));
    pressButton('비공개로 되돌리기', up());
    await settle();
    const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
    assert.match(dialog.textContent ?? '', /다시 비공개로.*석용주, 천안고용센터/);
    assert.deepEqual(received(), []);

    dialog.close(answer);
    await settle();
    assert.deepEqual(received().map(([url]) => url), sent);
  });
}

test('undo asks what is to be undone, and is sent as a command of its own', async () => {
  const past = { number: 3, topic: 'AwardRevealed', at: '', by: '김감독' };
  panelOf(ceremony([{ ...allowing(['undo', 'take-back']), undo: past }]));
  pressButton('실행 취소', up());
  await settle();
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
  assert.match(dialog.textContent ?? '', /‘발표’ 명령의 실행을 취소할까요/);
  dialog.close('yes');
  await settle();

  assert.deepEqual(received(), [['/api/v1/c/conf/awards/a/undo', { seen: 1 }]]);
});

test('every award of the lane has its buttons in the list, without keys', () => {
  panelOf(ceremony([allowing(['arm', 'correct']), allowing(['take-back', 'undo', 'correct'], { id: 'b', recipient: '서미영', order: 2 })]));

  assert.deepEqual(rows().map((row) => [row.children[2]?.textContent, buttonsOf(row)]), [
    ['석용주, 천안고용센터', ['발표 준비', '고치기']],
    ['서미영, 천안고용센터', ['비공개로 되돌리기', '실행 취소', '고치기']],
  ]);
  assert.deepEqual(rows().map((row) => row.querySelectorAll('[data-key], kbd').length), [0, 0]);
});

test('how many names are out is counted', () => {
  panelOf(ceremony([allowing([], { revealed_at: '2021-12-02T00:35:00.000Z', state: 'done' }), allowing([], { id: 'b' })]));

  assert.equal(document.querySelector('[data-count]')?.textContent, '1 / 2 발표');
});
