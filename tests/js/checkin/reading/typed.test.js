import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Typed } from '#hub/checkin/reading/typed.js';
import { LAYOUTS, press, scanned } from './presses.js';

const TOKEN = 'MFRGGZDFMZTWQ2LKNNWG23TPYA';

/**
 * @param {string} letters
 * @param {(code: string) => string} [layout]
 */
function typed(letters, layout) {
  const keys = new Typed();
  for (const key of scanned(letters, layout)) keys.press(key);
  return keys;
}

test('Hangul is read by its keys, and plain text as it is', () => {
  assert.equal(typed(TOKEN, LAYOUTS.hangul).read('므ㄹㄱㅎㅎ').text, TOKEN);
  assert.equal(typed('mfrgg2').read('mfrgg2').text, 'mfrgg2');
  assert.equal(new Typed().read(TOKEN).text, TOKEN);
});

test('Hangul from a screen keyboard, which names no keys, stays what it is', () => {
  assert.equal(new Typed().read('석용주').text, '석용주');
});

test('a slow scanner under a German layout has its keys as an alternative', () => {
  const meaning = typed(TOKEN, LAYOUTS.german).read('mfrggydfmytwq2lknnwg23tpza');

  assert.deepEqual([meaning.text, meaning.alternatives[0]], ['MFRGGYDFMYTWQ2LKNNWG23TPZA', TOKEN]);
});

test('what was pasted is learnt, and keys that do not make up the whole are no alternative', () => {
  const keys = typed('AB', LAYOUTS.german);
  keys.changed('mfrggydfmytwq2lknnwg23tpz', 'insertFromPaste');
  keys.press(press({ code: 'KeyA', key: 'a' }));

  assert.deepEqual(keys.read('mfrggydfmytwq2lknnwg23tpza').alternatives, []);
  assert.equal(keys.read('mfrggydfmytwq2lknnwg23tpzㅁ').text, 'MFRGGYDFMYTWQ2LKNNWG23TPZA');
});

test('a backspace takes the last key back, and a cleared reader knows nothing', () => {
  const keys = typed('AB', LAYOUTS.hangul);
  keys.press(press({ code: 'Backspace', key: 'Backspace' }));
  assert.equal(keys.read('ㅁ').text, 'A');

  keys.clear();
  assert.equal(keys.read('ㅁ').text, 'ㅁ');
});
