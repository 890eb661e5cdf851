import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastWithWhite, contrastWords } from '#hub/desk/accent.js';

test('the contrast is that of the server', () => {
  const rounded = ['#ffffff', '#000000', '#767676', '#1b4b8f'].map((accent) => contrastWithWhite(accent).toFixed(2));
  assert.deepEqual(rounded, ['1.00', '21.00', '4.54', '8.57']);
});

test('a light colour is said to be made darker', () => {
  assert.equal(contrastWords('#1b4b8f'), '흰색과의 대비 8.6:1. 버튼과 글자에 그대로 쓸 수 있습니다.');
  assert.equal(contrastWords('#ffd400'), '흰색과의 대비 1.4:1. 밝은 색이라 버튼과 글자에는 더 진하게 바꾸어 씁니다.');
});
