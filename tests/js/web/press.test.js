import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { press } from '#hub/web/press.js';
import { CommandServer, settle } from './fakes.js';
import { notices, openPage, pressButton } from './page.js';

const UNREACHED = '서버에 닿지 않습니다. 같은 명령을 다시 보내고 있습니다.';

/** @type {CommandServer} */
let server;
/** @type {HTMLElement} */
let button;

beforeEach(() => {
  openPage('<button>새로 발급</button>', { head: '<meta name="csrf-token" content="token-1">' });
  server = new CommandServer();
  globalThis.fetch = server.environment.fetch;
  button = /** @type {HTMLElement} */ (document.querySelector('main button'));
});

test('a button is busy until the answer, and a second press is not sent', async () => {
  const pressed = press(button, '/reissue', { seen: 1 });
  assert.equal(await press(button, '/reissue'), null);
  await settle();
  assert.deepEqual([button.getAttribute('aria-busy'), server.received.length], ['true', 1]);

  await server.answer({ done: true });
  assert.deepEqual([(await pressed)?.data, button.hasAttribute('aria-busy'), notices()], [{ done: true }, false, []]);
});

test('a refusal is shown in words, and the button can be pressed again', async () => {
  const pressed = press(button, '/reissue');
  await settle();
  await server.refuse('forbidden', 403);

  assert.deepEqual([(await pressed)?.ok, notices(), button.hasAttribute('aria-busy')], [false, ['refused: forbidden'], false]);
});

test('without an answer a notice says so until there is one', async () => {
  const pressed = press(button, '/reissue');
  await settle();
  await server.answer(null);
  assert.deepEqual(notices(), [UNREACHED]);

  await server.arrived(2);
  await server.answer({});
  assert.deepEqual([(await pressed)?.ok, notices(), server.received.length], [true, [], 2]);
});

test('what gets no answer can be given up, and is then unknown', async () => {
  const pressed = press(button, '/reissue');
  await settle();
  await server.answer(null);
  pressButton('전송 중지');

  assert.deepEqual([await pressed, button.hasAttribute('aria-busy')], [null, false]);
  assert.deepEqual(notices(), ['보내기를 그만두었습니다. 이미 실행되었을 수 있으니 화면을 확인하세요.']);
});
