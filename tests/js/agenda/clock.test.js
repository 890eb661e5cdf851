import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { project, projectRun } from '#hub/agenda/clock.js';
import { cuesOf, currentCue, nextCue } from '#hub/agenda/lane-run.js';

/** @typedef {import('#hub/agenda/lane-run.js').LaneDoc} LaneDoc */
/** @typedef {import('#hub/agenda/lane-run.js').CueDoc} CueDoc */
/** @typedef {import('#hub/agenda/clock.js').LaneProjection} LaneProjection */

/** @type {{name: string, now: string, lane: LaneDoc, cues: CueDoc[], projection: LaneProjection}[]} */
const golden = JSON.parse(readFileSync(new URL('../../golden/agenda-clock.json', import.meta.url), 'utf8'));

/** @type {{name: string, now: string, lanes: {lane: LaneDoc, cues: CueDoc[]}[], projections: Record<string, LaneProjection>}[]} */
const several = JSON.parse(readFileSync(new URL('../../golden/agenda-run.json', import.meta.url), 'utf8'));

/** @param {string} name */
function named(name) {
  const found = golden.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

/** @param {string} name */
function cuesSeen(name) {
  const { lane, cues } = named(name);
  return [currentCue(lane, cues)?.id ?? null, nextCue(lane, cues)?.id ?? null];
}

for (const { name, now, lane, cues, projection } of golden) {
  test(`the server's projection: ${name}`, () => {
    assert.deepEqual(project(lane, cues, Date.parse(now)), projection);
  });
}

for (const { name, now, lanes, projections } of several) {
  test(`the server's projection of several lanes: ${name}`, () => {
    const docs = lanes.map(({ lane }) => lane);
    assert.deepEqual(Object.fromEntries(projectRun(docs, lanes.flatMap(({ cues }) => cues), Date.parse(now))), projections);
  });
}

test('cues of other lanes and their order in the store do not matter', () => {
  const { lane, cues, now, projection } = named('held');
  const elsewhere = cues.map((cue) => ({ ...cue, lane: 'metaverse', started_at: '2021-12-02T09:00:00.000Z' }));
  assert.deepEqual(project(lane, [...elsewhere, ...cues.toReversed()], Date.parse(now)), projection);
});

test('a lane takes its own cues in their order and leaves the given list alone', () => {
  const { lane, cues } = named('running in time');
  const given = Object.freeze(cues.toReversed());
  assert.deepEqual(cuesOf(lane, given), cues);
});

test('what remains is counted at the given instant', () => {
  const { lane, cues } = named('running in time');
  assert.equal(project(lane, cues, Date.parse('2021-12-02T00:59:59.000Z')).remainingMs, 1000);
  assert.equal(project(lane, cues, Date.parse('2021-12-02T01:00:01.000Z')).remainingMs, -1000);
});

test('nothing remains where nothing runs', () => {
  const { lane, cues } = named('finished');
  assert.equal(project(lane, cues, 0).remainingMs, null);
});

test('the current and the next cue follow the state of the lane', () => {
  assert.deepEqual(cuesSeen('waiting, before its time'), [null, 'opening']);
  assert.deepEqual(cuesSeen('started early'), ['opening', 'ceremony']);
  assert.deepEqual(cuesSeen('held'), ['ceremony', 'performance']);
  assert.deepEqual(cuesSeen('next out of a hold'), ['performance', null]);
  assert.deepEqual(cuesSeen('finished'), [null, null]);
  assert.deepEqual(cuesSeen('jumped ahead'), ['performance', null]);
  assert.deepEqual(cuesSeen('jumped ahead and come back'), ['ceremony', 'talk']);
  assert.deepEqual(cuesSeen('finished early'), [null, null]);
  assert.deepEqual(cuesSeen('empty lane'), [null, null]);
});

test('a fraction of a millisecond of server time changes nothing', () => {
  const { lane, cues, now, projection } = named('running in time');
  assert.deepEqual(project(lane, cues, Date.parse(now) + 0.75), projection);
});
