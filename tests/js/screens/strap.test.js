import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strapOf } from '#hub/screens/strap.js';
import { IN_ROUND_1, at, award, cue, day, iso } from '../day.js';

/** @param {Record<string, any>} docs */
const strap = (docs) => strapOf(day(docs), 'hall', at('09:36:00'));

test('nobody is named before the day', () => {
  assert.equal(strap({}), null);
});

test('a revealed award is named with its level and organisation until it is done', () => {
  const shown = strap({ ...IN_ROUND_1, 'award/a': award({ id: 'a' }) });

  assert.deepEqual(shown && [shown.key, shown.name, shown.below], ['award a', '석용주', '천안고용센터']);
  assert.equal(strap({ ...IN_ROUND_1, 'award/a': award({ id: 'a', state: 'done' }) }), null);
});

test('a name of the cue before is not shown', () => {
  assert.equal(strap({ ...IN_ROUND_1, 'award/a': award({ id: 'a', revealed_at: iso('09:31:00') }) }), null);
});

test('the speaker of the cue is named with their role, and whose text they read', () => {
  const speaking = cue({ ...IN_ROUND_1['cue/round-1'], speakers: [{ name: '김하나', role: '정책관', reads_for: '장관' }] });

  assert.deepEqual(strap({ ...IN_ROUND_1, 'cue/round-1': speaking }), {
    key: 'cue round-1 김하나', above: 'round-1', name: '김하나', below: '정책관 · 장관 대독',
  });
});

test('several speakers stand beside each other', () => {
  const two = [{ name: '김하나', role: '', reads_for: null }, { name: '이두리', role: '', reads_for: null }];

  assert.equal(strap({ ...IN_ROUND_1, 'cue/round-1': cue({ ...IN_ROUND_1['cue/round-1'], speakers: two }) })?.name, '김하나 · 이두리');
});

test('a blackout takes the name off the picture', () => {
  const over = { lane: 'hall', layer: 'blackout', text: null, since: iso('09:35:30') };

  assert.equal(strap({ ...IN_ROUND_1, 'award/a': award({ id: 'a' }), 'layer/hall': over }), null);
});

test('an emergency takes the place of a name, over a blackout too, until it is taken back', () => {
  const message = { id: 'm', text: { ko: '비상구로 나가 주세요', en: '' }, audiences: ['public', 'stage', 'timer'], emergency: true, lane: null, at: iso('09:35:00'), until: null };
  const over = { lane: 'hall', layer: 'blackout', text: null, since: iso('09:35:30') };
  const docs = { ...IN_ROUND_1, 'award/a': award({ id: 'a' }), 'layer/hall': over };

  assert.deepEqual(strap({ ...docs, 'message/m': message }), {
    key: 'message m 비상구로 나가 주세요', above: '긴급 안내', name: '비상구로 나가 주세요', below: '',
  });
  const long = '비상구로 '.repeat(20);
  const said = strap({ ...docs, 'message/m': { ...message, text: { ko: long, en: '' } } });
  assert.deepEqual(said && [said.name, said.below], ['', long]);
  assert.equal(strap({ ...docs, 'message/m': { ...message, emergency: false } }), null);
});
