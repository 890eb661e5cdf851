import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSpeakers, writeSpeakers } from '#hub/agenda/editor/speakers.js';

const line = '홍길동 (장관), 김은영 (국장) ← 이철수, Jane Doe';
const speakers = [
  { name: '홍길동', role: '장관', reads_for: null }, { name: '김은영', role: '국장', reads_for: '이철수' }, { name: 'Jane Doe', role: '', reads_for: null },
];

test('speakers are one line, and the line is read back', () => {
  assert.equal(writeSpeakers(speakers), line);
  assert.deepEqual(parseSpeakers(line), speakers);
});

test('who reads for whom may be written as people write it', () => {
  const found = [{ name: '김은영', role: '국장', reads_for: '이철수' }];
  assert.deepEqual(['김은영 (국장) [대독: 이철수]', '김은영(국장)(대독 이철수)', '김은영 (국장) <- 이철수'].map(parseSpeakers), [found, found, found]);
  assert.deepEqual(parseSpeakers(' , ;\n'), []);
});
