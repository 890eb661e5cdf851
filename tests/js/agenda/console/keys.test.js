import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionOf } from '#hub/agenda/console/keys.js';

/**
 * @param {string} code
 * @param {object} [more]
 * @param {number} [lanes]
 */
function press(code, more = {}, lanes = 2) {
  return actionOf({ code, key: '', repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...more }, lanes);
}

const SHIFT = { shiftKey: true };

test('keys are known by their place, whatever the input method makes of them', () => {
  const codes = ['KeyH', 'Minus', 'NumpadSubtract', 'Equal', 'NumpadAdd', 'Backspace', 'KeyY'];
  const buttons = ['hold', 'shorter', 'shorter', 'longer', 'longer', 'undo', 'redo'];
  assert.deepEqual(codes.map((code) => press(code)), buttons.map((button) => ({ button })));
});

test('the cue is changed with Shift only', () => {
  const codes = ['KeyS', 'KeyN', 'KeyF'];
  assert.deepEqual(codes.map((code) => press(code, SHIFT)), ['start', 'next', 'finish'].map((button) => ({ button })));
  assert.deepEqual(['KeyN', 'KeyF', 'KeyB'].map((code) => press(code)), [null, null, null]);
});

test('space is the next step of an award, and each of two lanes has a hand', () => {
  assert.deepEqual(press('Space'), { award: 'step' });
  assert.deepEqual(['KeyA', 'KeyS', 'KeyD'].map((code) => press(code)), ['arm', 'reveal', 'done'].map((award) => ({ award, place: 0 })));
  assert.deepEqual(['KeyJ', 'KeyK', 'KeyL'].map((code) => press(code)), ['arm', 'reveal', 'done'].map((award) => ({ award, place: 1 })));
  assert.deepEqual([press('KeyE'), press('KeyC'), press('KeyG'), press('KeyA', SHIFT)], [{ award: 'defer' }, { award: 'correct' }, { award: 'group' }, { award: 'outside' }]);
});

test('blackout and logo lie under the second hand with Shift, and without it where one lane has no second hand', () => {
  assert.deepEqual([press('KeyK', SHIFT), press('KeyL', SHIFT)], [{ layer: 'blackout' }, { layer: 'logo' }]);
  assert.deepEqual([press('KeyK', {}, 1), press('KeyL', {}, 1)], [{ layer: 'blackout' }, { layer: 'logo' }]);
});

test('digits, tab and arrows choose a lane; further digits call somebody', () => {
  assert.deepEqual(press('Digit2'), { lane: 1 });
  assert.deepEqual(press('Digit3', {}, 3), { lane: 2 });
  assert.deepEqual([press('ArrowLeft'), press('Tab'), press('Tab', SHIFT)], [{ step: -1 }, { step: 1 }, { step: -1 }]);
  assert.deepEqual(['Digit3', 'Digit0', 'Numpad1', 'Slash'].map((code) => press(code)), ['3', '0', '1', ''].map((text) => ({ open: 'call', text })));
  assert.deepEqual(press('Slash', { ...SHIFT, key: '?' }), { open: 'keys' });
});

test('the dialog that makes up time has a key of its own, which Shift does not share', () => {
  assert.deepEqual([press('KeyT'), press('KeyT', SHIFT)], [{ makeUp: true }, null]);
});

test('enter and escape keep their own meaning', () => {
  assert.deepEqual(['Enter', 'Escape', 'F5'].map((code) => press(code)), [null, null, null]);
});

for (const held of ['repeat', 'ctrlKey', 'altKey', 'metaKey', 'isComposing']) {
  test(`a key with ${held} has no action`, () => {
    assert.equal(press('KeyN', { ...SHIFT, [held]: true }), null);
  });
}
