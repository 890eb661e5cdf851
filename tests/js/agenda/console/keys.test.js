import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionOf } from '#hub/agenda/console/keys.js';

/**
 * @param {string} code
 * @param {object} [more]
 */
function press(code, more = {}) {
  return actionOf({ code, repeat: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...more });
}

test('keys are known by their place, whatever the input method makes of them', () => {
  const codes = ['KeyS', 'KeyN', 'KeyH', 'Minus', 'NumpadSubtract', 'Equal', 'NumpadAdd', 'KeyB', 'KeyY', 'KeyF'];
  const buttons = ['start', 'next', 'hold', 'shorter', 'shorter', 'longer', 'longer', 'undo', 'redo', 'finish'];
  assert.deepEqual(codes.map((code) => press(code)), buttons.map((button) => ({ button })));
});

test('digits and arrows select a lane, other letters are passed on', () => {
  assert.deepEqual(press('Digit2'), { lane: 1 });
  assert.deepEqual(press('Numpad1'), { lane: 0 });
  assert.deepEqual(press('ArrowLeft'), { step: -1 });
  assert.deepEqual(press('ArrowRight'), { step: 1 });
  assert.deepEqual(press('KeyR'), { letter: 'R' });
});

test('space, enter and tab keep their own meaning', () => {
  assert.deepEqual(['Space', 'Enter', 'Tab', 'Escape', 'Digit0', 'F5'].map((code) => press(code)), [null, null, null, null, null, null]);
});

for (const held of ['repeat', 'ctrlKey', 'altKey', 'metaKey', 'isComposing']) {
  test(`a key with ${held} has no action`, () => {
    assert.equal(press('KeyN', { [held]: true }), null);
  });
}
