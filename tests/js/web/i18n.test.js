import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherLanguage, t, text } from '#hub/web/i18n.js';

test('placeholders are filled, also by zero, and an unknown one stays as written', () => {
  assert.equal(t('{n}명 중 {m}명 · {없음}', { n: 87, m: 0 }), '87명 중 0명 · {없음}');
  assert.equal(t('{n}명 중 {other}', { n: 1 }), '1명 중 {other}');
});

test('a value that looks like a placeholder is not filled again', () => {
  assert.equal(t('{name}', { name: '{n}', n: 3 }), '{n}');
});

test('content is picked in the language of the page, a plain name is itself', () => {
  assert.equal(text({ ko: '현장', en: 'Hall' }), '현장');
  assert.equal(text('천안고용센터'), '천안고용센터');
  assert.equal(text(null), '');
});

test('a wording that was not given is replaced by the other one, whose language is known', () => {
  assert.equal(text({ ko: '', en: 'Hall' }), 'Hall');
  assert.equal(otherLanguage({ ko: '', en: 'Hall' }), 'en');
  assert.equal(otherLanguage({ ko: '현장', en: '' }), null);
  assert.equal(otherLanguage('천안고용센터'), null);
});
