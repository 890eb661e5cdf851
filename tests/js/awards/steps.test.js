import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideSteps, menuOf, moreOf, nextStep, pressedWords, questionOf } from '#hub/awards/steps.js';
import { allowing } from './console-day.js';

test('the next step is the one of ready, reveal and done that the server allows', () => {
  assert.deepEqual([['arm', 'defer'], ['reveal', 'take-back'], ['done', 'photo'], ['take-back']].map((verbs) => nextStep(allowing(/** @type {any} */ (verbs)))), ['arm', 'reveal', 'done', null]);
  assert.equal(nextStep({ ...allowing(['arm']), commands: undefined }), null);
});

test('what else may be done is exactly what the server allows', () => {
  assert.deepEqual(moreOf(allowing(['skip', 'arm', 'defer'])), ['defer', 'skip']);
  assert.deepEqual(moreOf(allowing(['take-back', 'done', 'photo', 'present', 'correct'])), ['present', 'photo', 'correct', 'take-back']);
  assert.deepEqual(moreOf({ ...allowing(['skip']), commands: undefined }), []);
});

test('the card offers the same before and after ready; a name that is out can be taken back there', () => {
  const offered = (/** @type {any} */ state) => besideSteps(allowing(['correct', 'take-back'], { state }));
  assert.deepEqual(besideSteps(allowing(['correct'])), ['correct']);
  assert.deepEqual([offered('armed'), offered('revealed')], [['correct'], ['correct', 'take-back']]);
});

test('an award is withdrawn from the list of all only', () => {
  const award = allowing(['skip', 'withdraw']);
  assert.deepEqual([moreOf(award), menuOf(award), menuOf(allowing(['skip']))], [['skip'], ['skip', 'withdraw'], ['skip']]);
});

test('what takes an award out of the ceremony or its name back asks first, and names the recipient', () => {
  assert.deepEqual(questionOf('skip', allowing(['skip'])), { title: '이 상을 시상식에서 건너뛸까요?', body: '석용주, 천안고용센터', action: '건너뛰기' });
  assert.deepEqual(questionOf('take-back', allowing([])), { title: '되돌려서 다시 비공개로 할까요?', body: '석용주, 천안고용센터', action: '비공개로 되돌리기' });
  assert.equal(questionOf('take-back', allowing([], { state: 'revealed', revealed_at: '2021-12-02T00:36:00.000Z' }))?.body, '석용주, 천안고용센터 · 이름이 이미 공개되었습니다.');
  assert.deepEqual([questionOf('arm', allowing([])), questionOf('reveal', allowing([])), questionOf('defer', allowing([]))], [null, null, null]);
});

test('a press is told by what it does, and for whom', () => {
  assert.equal(pressedWords('reveal', allowing([])), '발표 · 석용주, 천안고용센터');
});
