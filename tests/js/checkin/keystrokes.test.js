import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keystrokes, onKey, writes } from '#hub/checkin/keystrokes.js';

/** @param {string} letters */
function typed(letters) {
  const keys = new Keystrokes();
  for (const letter of letters) {
    const code = /\d/.test(letter) ? `Digit${letter}` : `Key${letter}`;
    keys.press({ code, key: 'Process' });
  }
  return keys;
}

test('keys are read by their place, not by what the input method makes of them', () => {
  assert.equal(typed('MFRGG2').read('ㅡㄹㄱㅎㅎ2'), 'MFRGG2');
  assert.equal(typed('MFRGG2').read('므ㄹㄱㅎㅎ2'), 'MFRGG2');
});

test('plain text is taken as it is', () => {
  assert.equal(typed('MFRGG2').read('mfrgg2'), 'mfrgg2');
  assert.equal(new Keystrokes().read('mfrgg2'), 'mfrgg2');
});

test('Hangul from a screen keyboard, which names no keys, stays what it is', () => {
  assert.equal(new Keystrokes().read('석용주'), '석용주');
});

test('what was pasted or deleted is learnt, and the next key goes after it', () => {
  const keys = typed('ABC');
  keys.changed('AB');
  keys.press({ code: 'KeyD', key: 'Process' });

  assert.equal(keys.read('ABㅇ'), 'ABD');
});

test('a backspace takes the last key back, and a cleared reader knows nothing', () => {
  const keys = typed('AB');
  keys.press({ code: 'Backspace', key: 'Backspace' });
  assert.equal(keys.read('ㅁ'), 'A');

  keys.clear();
  assert.equal(keys.read('ㅁ'), 'ㅁ');
});

test('commands and keys without a character write nothing', () => {
  assert.equal(writes({ code: 'KeyA', key: 'a', ctrlKey: true }), false);
  assert.equal(writes({ code: 'Enter', key: 'Enter' }), false);
  assert.equal(writes({ code: 'KeyA', key: 'ㅁ' }), true);
  assert.deepEqual(['Numpad7', 'Digit2', 'Minus', 'Slash', 'F1'].map(onKey), ['7', '2', '-', '/', '']);
});
