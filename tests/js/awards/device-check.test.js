import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVoice, levelOf, openDevices, problemWords } from '#hub/awards/device-check.js';

/**
 * Devices of which some refuse.
 * @param {Partial<Record<'video' | 'audio', string>>} refusing the name of the error of each that does
 */
function devices(refusing) {
  /** @type {string[]} */
  const asked = [];
  const getUserMedia = (/** @type {MediaStreamConstraints} */ wish) => {
    const kinds = /** @type {('video' | 'audio')[]} */ (Object.keys(wish));
    asked.push(kinds.join('+'));
    const bad = kinds.find((kind) => refusing[kind]);
    return bad ? Promise.reject(new DOMException('', refusing[bad])) : Promise.resolve({ getTracks: () => kinds });
  };
  return { asked, media: /** @type {any} */ ({ getUserMedia }) };
}

test('where both work the browser is asked once', async () => {
  const { asked, media } = devices({});
  assert.deepEqual([await openDevices(media), asked], [{ tracks: ['video', 'audio'], problems: [] }, ['video+audio']]);
});

test('one that is missing leaves the other to be tried, and is named', async () => {
  const { asked, media } = devices({ video: 'NotFoundError' });
  assert.deepEqual(await openDevices(media), { tracks: ['audio'], problems: ['카메라: 찾지 못했습니다. 연결되어 있는지 확인해 주세요.'] });
  assert.deepEqual(asked, ['video+audio', 'video', 'audio']);
});

test('a browser without devices says why', async () => {
  const { problems } = await openDevices(undefined);
  assert.match(problems.join(), /https/);
});

for (const [name, words] of [['NotAllowedError', '막혀'], ['NotReadableError', '다른 프로그램'], ['OverconstrainedError', '찾지 못했습니다'], ['TypeError', '켜지 못했습니다']]) {
  test(`${name} in words`, () => assert.match(problemWords('audio', new DOMException('', name)), new RegExp(`^마이크: .*${words}`)));
}

test('silence has no level, a voice has one, and nothing is louder than 1', () => {
  const wave = (/** @type {number} */ height) => Array.from({ length: 64 }, (_, index) => 128 + (index % 2 ? height : -height));
  assert.deepEqual([levelOf([]), levelOf(wave(0)), levelOf(wave(127))], [0, 0, 1]);
  assert.deepEqual([isVoice(levelOf(wave(1))), isVoice(levelOf(wave(16)))], [false, true]);
});
