import assert from 'node:assert/strict';
import { test } from 'node:test';
import { speakerWords, speakersWords } from '#hub/agenda/speakers.js';

test('a speaker is called by role and name', () => {
  assert.equal(speakerWords({ name: '안경덕', role: '장관', reads_for: null }), '장관 안경덕');
  assert.equal(speakerWords({ name: '안경덕', role: '', reads_for: null }), '안경덕');
});

test('whose words are read stands first, then who reads them', () => {
  assert.equal(speakerWords({ name: '박화진', role: '차관', reads_for: '장관 안경덕' }), '장관 안경덕 (대독 차관 박화진)');
});

test('several speakers stand in their order', () => {
  const speakers = [{ name: '안경덕', role: '장관', reads_for: null }, { name: '박화진', role: '차관', reads_for: '이장관' }];

  assert.equal(speakersWords(speakers), '장관 안경덕, 이장관 (대독 차관 박화진)');
  assert.equal(speakersWords([]), '');
});
