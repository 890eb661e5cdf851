import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoded } from '#hub/attendance/decoding.js';

const bytes = (/** @type {number[]} */ ...all) => new Uint8Array(all).buffer;

test('a list is read in the encoding in which it was written', () => {
  assert.equal(decoded(bytes()), '');
  assert.equal(decoded(new TextEncoder().encode('이름,e-mail').buffer), '이름,e-mail');
  assert.equal(decoded(bytes(0xef, 0xbb, 0xbf, 0x61)), 'a');
  assert.equal(decoded(bytes(0xff, 0xfe, 0x00, 0xac)), '가');
  assert.equal(decoded(bytes(0xb0, 0xa1)), '가');
});
