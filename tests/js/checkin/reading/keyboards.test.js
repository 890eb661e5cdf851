import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOf, onKey, writes } from '#hub/checkin/reading/keyboards.js';
import { LAYOUTS, press, scanned } from './presses.js';

const TOKEN = 'YZQAWM234567ABCDEFGHIJKLXY';

test('a scanner of US keys is read on a US layout, shifted or not', () => {
  assert.deepEqual(meaningOf(scanned(TOKEN)).text, TOKEN);
  assert.deepEqual(meaningOf(scanned(TOKEN.toLowerCase())).text, TOKEN);
});

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test(`a scanner of US keys is read on a ${name} layout`, () => {
    const { text, alternatives, kind } = meaningOf(scanned(TOKEN, layout));

    assert.equal(kind, 'token');
    assert.ok([text, ...alternatives].includes(TOKEN));
  });
}

test('on a German layout the letters stand first, and the keys are tried when those are unknown', () => {
  const { text, alternatives } = meaningOf(scanned('MFRGGZDFMZTWQ2LKNNWG23TPYA', LAYOUTS.german));

  assert.deepEqual([text, alternatives[0]], ['MFRGGYDFMYTWQ2LKNNWG23TPZA', 'MFRGGZDFMZTWQ2LKNNWG23TPYA']);
});

test('a scanner of German keys is read on a US layout, and on a German one', () => {
  const keys = [...'MFRGGYDFMYTWQ2LKNNWG23TPZA'].map((letter) => (/\d/.test(letter) ? `Digit${letter}` : `Key${letter}`));
  const onUs = keys.map((code) => press({ code, key: code.slice(-1).toLowerCase() }));
  const onGerman = keys.map((code) => press({ code, key: LAYOUTS.german?.(code) ?? '' }));

  assert.ok(meaningOf(onUs).alternatives.includes('MFRGGZDFMZTWQ2LKNNWG23TPYA'));
  assert.equal(meaningOf(onGerman).text, 'MFRGGZDFMZTWQ2LKNNWG23TPYA');
});

test('a scanner of French keys, which shifts for digits, is read on a US layout', () => {
  const keys = /** @type {[string, boolean][]} */ ([...'AZMQW'].map((letter) => [{ A: 'KeyQ', Z: 'KeyW', M: 'Semicolon', Q: 'KeyA', W: 'KeyZ' }[letter] ?? '', false]));
  const rest = /** @type {[string, boolean][]} */ ([...'234567BCDEFGHIJKLNOPR'].map((letter) => (/\d/.test(letter) ? [`Digit${letter}`, true] : [`Key${letter}`, false])));
  const presses = [...keys, ...rest].map(([code, shiftKey]) => press({ code, shiftKey, key: onKey(code, shiftKey) }));
  const { text, alternatives } = meaningOf(presses);

  assert.ok([text, ...alternatives].includes('AZMQW234567BCDEFGHIJKLNOPR'));
});

test('signs around a token are read from shifted keys, whatever the layout makes of them', () => {
  const wrapped = [press({ code: 'Digit8', shiftKey: true, key: '(' }), ...scanned(TOKEN, LAYOUTS.german), press({ code: 'Digit8', shiftKey: true, key: '(' })];

  assert.ok(meaningOf(wrapped).alternatives.includes(TOKEN));
});

test('two scans that ran together are several, and what is no badge stays as it was written', () => {
  assert.equal(meaningOf(scanned(TOKEN + TOKEN)).kind, 'several');
  assert.deepEqual(meaningOf(scanned('8801234')), { text: '8801234', alternatives: [], kind: 'none' });
  assert.deepEqual(meaningOf(scanned('MFRGG2', LAYOUTS.hangul)), { text: 'MFRGG2', alternatives: [], kind: 'none' });
});

test('commands and keys without a character write nothing', () => {
  assert.equal(writes(press({ code: 'KeyA', key: 'a', ctrlKey: true })), false);
  assert.equal(writes(press({ code: 'Enter', key: 'Enter' })), false);
  assert.equal(writes(press({ code: 'KeyA', key: 'ㅁ' })), true);
  assert.equal(writes(press({ code: 'KeyE', key: '€', ctrlKey: true, altKey: true })), true);
  assert.deepEqual(['Numpad7', 'Digit2', 'Minus', 'Slash', 'F1'].map((code) => onKey(code)), ['7', '2', '-', '/', '']);
  assert.deepEqual(['Digit2', 'Semicolon', 'BracketRight'].map((code) => onKey(code, true)), ['@', ':', '}']);
});
