/** Two people edit one plan at random, over a slow network: in the end both see what the server has, and undo goes back to the start. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '#hub/agenda/editor/draft.js';
import { editsOf } from '#hub/agenda/editor/edits.js';
import { addLane, addSegment, removeLane, removeSegment, setDepartments, shift } from '#hub/agenda/editor/frame-steps.js';
import { laidOut } from '#hub/agenda/editor/laid-out.js';
import { allCues } from '#hub/agenda/editor/model.js';
import { addCue, duplicateCue, moveCue, nudgeCue, removeCue, renumber, setFields, splitCue } from '#hub/agenda/editor/steps.js';
import { at, DAY, plan } from './plan.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */

/**
 * Numbers that are the same in every run (mulberry32).
 * @param {number} seed
 */
function dice(seed) {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    roll,
    /** @template T @param {readonly T[]} list @returns {T} */
    of: (list) => list[Math.floor(roll() * list.length)],
  };
}

/** The server: whole parts in, a revision out; what it would refuse, it refuses. */
class Server {
  content = plan();
  revision = 1;

  /**
   * @param {number} revision
   * @param {any[]} edits
   * @returns {'stale' | 'refused' | 'made'}
   */
  edit(revision, edits) {
    if (revision !== this.revision) return 'stale';
    const after = laidOut(edits.reduce(edited, this.content));
    const numbers = allCues(after).map((cue) => cue.number);
    const segments = new Set(after.segments.map(({ id }) => id));
    if (new Set(numbers).size < numbers.length || allCues(after).some((cue) => !segments.has(cue.segment))) return 'refused';
    this.content = after;
    this.revision += 1;
    return 'made';
  }
}

/**
 * @param {Content} content
 * @param {any} edit
 * @returns {Content}
 */
function edited(content, edit) {
  const { departments, segments, lanes } = content;
  if (edit.op === 'put_departments') return { ...content, departments: edit.departments };
  if (edit.op === 'put_segment') return { ...content, segments: put(segments, edit.segment, edit) };
  if (edit.op === 'remove_segment') return { ...content, segments: segments.filter(({ id }) => id !== edit.id) };
  if (edit.op === 'put_lane') return { ...content, lanes: put(lanes, { ...edit.lane, cues: lanes.find(({ id }) => id === edit.lane.id)?.cues ?? [] }, edit) };
  if (edit.op === 'remove_lane') return { ...content, lanes: lanes.filter(({ id }) => id !== edit.id) };
  assert.ok(edit.op === 'remove_cue' || lanes.some(({ id }) => id === edit.lane), 'a cue is put into a lane that is there');
  const id = edit.op === 'put_cue' ? edit.cue.id : edit.id;
  return {
    departments,
    segments,
    lanes: lanes.map((lane) => (edit.op === 'put_cue' && lane.id === edit.lane ? { ...lane, cues: put(lane.cues, edit.cue, edit) } : { ...lane, cues: lane.cues.filter((cue) => cue.id !== id) })),
  };
}

/**
 * @param {any[]} list
 * @param {any} part
 * @param {any} edit
 */
function put(list, part, edit) {
  const known = list.findIndex(({ id }) => id === part.id);
  if (known >= 0 && !('before' in edit)) return list.with(known, part);
  const others = list.filter(({ id }) => id !== part.id);
  const index = (edit.before ?? null) === null ? others.length : others.findIndex(({ id }) => id === edit.before);
  assert.ok(index >= 0, 'what stands before is there');
  return others.toSpliced(index, 0, part);
}

/**
 * Anything that a hand could do.
 * @param {Content} content
 * @param {ReturnType<typeof dice>} by
 * @param {string} words
 * @returns {Step | null}
 */
function anything(content, by, words) {
  const cue = by.of(allCues(content));
  const lane = by.of(content.lanes);
  const segment = by.of(content.segments);
  const title = { ko: words, en: '' };
  const acts = [
    () => cue && setFields(content, 'cue', cue.id, { 'title.ko': words }, words),
    () => cue && setFields(content, 'cue', cue.id, { 'planned_s': 60 * Math.ceil(by.roll() * 30) }, words),
    () => cue && setFields(content, 'cue', cue.id, { 'notes.mc': words }, words),
    () => cue && setFields(content, 'cue', cue.id, { fixed: true, planned_start: at(`1${Math.floor(3 + by.roll() * 6)}:00`) }, words),
    () => cue && setFields(content, 'cue', cue.id, { skipped: !cue.skipped }, words),
    () => lane && (addCue(content, lane.id, by.of([...lane.cues, null])?.id ?? null, { title }, DAY)?.step ?? null),
    () => cue && (duplicateCue(content, cue.id)?.step ?? null),
    () => cue && (splitCue(content, cue.id, 30)?.step ?? null),
    () => cue && nudgeCue(content, cue.id, by.of(['up', 'down', 'left', 'right'])),
    () => cue && lane && moveCue(content, cue.id, lane.id, by.of([...lane.cues, null])?.id ?? null),
    () => cue && removeCue(content, cue.id),
    () => (by.roll() < 0.2 ? renumber(content) : null),
    () => addSegment(content, title).step,
    () => segment && shift(content, 'segment', segment.id, by.of([-1, 1])),
    () => segment && content.segments.length > 1 ? removeSegment(content, segment.id, by.of(content.segments.filter((one) => one !== segment)).id) : null,
    () => addLane(content, title).step,
    () => lane && content.lanes.length > 1 ? removeLane(content, lane.id, by.of(content.lanes.filter((one) => one !== lane)).id) : null,
    () => setDepartments(content, [...content.departments, { id: `d${words}`, title }], words),
  ];
  return by.of(acts)() || null;
}

/**
 * Send what waits, as the saver does.
 * @param {Draft} draft
 * @param {Server} server
 */
function send(draft, server) {
  if (draft.pending.length === 0) {
    if (draft.revision !== server.revision) draft.rebase(server.content, server.revision);
    return;
  }
  const outcome = server.edit(draft.revision, editsOf(draft.base, draft.pending.slice(0, 1)));
  if (outcome === 'stale') draft.rebase(server.content, server.revision);
  if (outcome === 'refused') draft.refuse('no');
  if (outcome === 'made') {
    draft.confirm(1, server.revision);
    assert.deepEqual(draft.base, server.content, 'the draft knows what the server made');
  }
}

/** @param {number} seed */
function day(seed) {
  const by = dice(seed);
  const server = new Server();
  const drafts = [new Draft(), new Draft()];
  for (const draft of drafts) draft.rebase(server.content, server.revision);
  for (let turn = 0; turn < 60; turn += 1) {
    const draft = by.of(drafts);
    const act = by.roll();
    if (act < 0.55) {
      const step = anything(draft.content, by, `${turn}`);
      if (step) draft.make(step);
    } else if (act < 0.62) draft.undo();
    else if (act < 0.66) draft.redo();
    else if (act < 0.72 && draft.held.length > 0) draft.decide(draft.held[0], by.of(['mine', 'theirs']));
    else send(draft, server);
  }
  for (let turn = 0; turn < 400 && drafts.some((draft) => draft.pending.length > 0 || draft.revision !== server.revision); turn += 1) drafts.forEach((draft) => send(draft, server));
  return { server, drafts };
}

test('two people at random: both end with what the server has', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const { server, drafts } = day(seed);
    for (const draft of drafts) {
      assert.deepEqual([draft.pending, draft.revision], [[], server.revision], `seed ${seed}`);
      assert.deepEqual(draft.content, server.content, `seed ${seed}`);
    }
  }
});

test('one person at random: undo goes all the way back, redo all the way forth', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const by = dice(seed);
    const draft = new Draft();
    draft.rebase(plan(), 1);
    const before = draft.content;
    for (let turn = 0; turn < 25; turn += 1) {
      const step = anything(draft.content, by, `${turn}`);
      if (step) draft.make(step);
    }
    const after = draft.content;
    while (draft.done.length > 0) assert.equal(draft.undo()?.clashing, false, `seed ${seed}`);
    assert.deepEqual(draft.content, before, `seed ${seed}`);
    while (draft.undone.length > 0) assert.equal(draft.redo()?.clashing, false, `seed ${seed}`);
    assert.deepEqual(draft.content, after, `seed ${seed}`);
  }
});
