import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cueActs } from '#hub/agenda/console/cue-acts.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { askAlone } from '#hub/agenda/console/rules.js';
import { at, CEREMONY, dayStore, T0 } from './day.js';

const ALL = { arm: null, jump: null, skip: null, 'bring-back': null, restart: null, reopen: null };

/** @param {Record<string, object>} changes */
function hall(changes, commands = ALL) {
  const day = { ...CEREMONY, ...changes };
  return consoleLanes(dayStore({ ...day, 'lane/hall': { ...day['lane/hall'], commands } }), T0 + 12 * 60_000)[0];
}

/** @param {Record<string, object>} changes */
function acts(changes, commands = ALL) {
  const lane = hall(changes, commands);
  return lane.lines.map((line) => cueActs(lane, line).map(({ verb, body }) => (body.cue === undefined ? verb : `${verb} ${body.cue}`)));
}

test('each cue offers what may be done with it: the one on air begins anew, others stand by, start or are left out', () => {
  assert.deepEqual(acts({}), [
    ['arm opening', 'jump opening'],
    ['restart'],
    ['arm performance', 'jump performance', 'skip performance'],
  ]);
});

test('what is on standby is taken off it, and what was left out is brought back', () => {
  assert.deepEqual(acts({ 'lane/hall': { ...CEREMONY['lane/hall'], standby: 'performance' } })[2], ['arm null', 'jump performance', 'skip performance']);
  assert.deepEqual(acts({ 'cue/performance': { skipped: true } })[2], ['arm performance', 'jump performance', 'bring-back performance']);
});

test('a lane that is over goes on with the cue that ended last', () => {
  const over = { 'lane/hall': { status: 'finished' }, 'cue/round-2-hall': { started_at: at(11), ended_at: at(12) } };
  assert.deepEqual(acts(over)[1], ['reopen', 'jump round-2-hall']);
});

test('nothing is offered that the server would refuse', () => {
  assert.deepEqual(acts({}, /** @type {any} */ ({ ...ALL, restart: 'not_started', skip: 'has_run' })), [
    ['arm opening', 'jump opening'],
    [],
    ['arm performance', 'jump performance'],
  ]);
});

test('a jump asks first; to the cue for which the lane is ready and waits, it asks whether to start alone', () => {
  const meeting = { 'cue/performance': { sync: '②' }, 'cue/round-2-metaverse': { sync: '②', started_at: null } };
  const jumpOf = (/** @type {object} */ changes) => {
    const lane = hall({ ...meeting, 'lane/metaverse': { cue: null, status: 'waiting' }, 'lane/hall': { ...CEREMONY['lane/hall'], ...changes } });
    const [act] = cueActs(lane, lane.lines[2]).filter(({ verb }) => verb === 'jump');
    return [act.body, act.question?.title, act.question?.choices.map(({ value }) => value)];
  };

  assert.deepEqual(jumpOf({}), [{ cue: 'performance' }, '‘performance’ 순서를 지금 바로 시작할까요?', ['go']]);
  assert.deepEqual(jumpOf({ ready_since: at(12) }), [{ cue: 'performance', force: true }, 'hall: 혼자 시작할까요?', ['go']]);
});

test('where names are left in a lane that is ready, they can be checked again instead of starting alone', () => {
  const meeting = { 'cue/performance': { sync: '②' }, 'cue/round-2-metaverse': { sync: '②' } };
  const lane = hall({ ...meeting, 'lane/hall': { ...CEREMONY['lane/hall'], ready_since: at(12) } });
  const choices = (/** @type {any[]} */ left) => askAlone({ ...lane, left })?.choices.map(({ value }) => value);

  assert.deepEqual([choices([]), choices([{}])], [['go'], ['go', 'check']]);
});
