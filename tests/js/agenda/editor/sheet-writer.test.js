import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf } from '#hub/agenda/editor/columns.js';
import { Draft } from '#hub/agenda/editor/draft.js';
import { findCue } from '#hub/agenda/editor/model.js';
import { SheetWriter } from '#hub/agenda/editor/sheet-writer.js';
import { Workspace } from '#hub/agenda/editor/workspace.js';
import { notices, openPage } from '../../web/page.js';
import { at, outline, plan, ZONE } from './plan.js';

/** @param {import('#hub/agenda/editor/model.js').Content} [content] */
function opened(content = plan()) {
  openPage('');
  const draft = new Draft();
  draft.rebase(content, 1);
  const settings = { conf: 'day', zone: ZONE, languages: /** @type {('ko' | 'en')[]} */ (['ko']), kinds: [], startsAt: at('13:00'), endsAt: at('18:00'), actor: 'account:1' };
  const space = new Workspace(draft, settings, { draw: () => {}, save: () => {} });
  const writer = new SheetWriter(space);
  const columns = columnsOf(content, settings.languages);
  /** @param {string} row @param {string} column @param {string} typed */
  const write = (row, column, typed) => {
    const index = columns.findIndex((one) => one.id === column);
    const cue = findCue(draft.content, row)?.cue ?? null;
    return writer.write(typed, { lane: 'hall', row, column: index }, columns[index], cue && writer.begin(cue, columns[index]));
  };
  /** @param {string} row @param {string} column @param {string} words */
  const paste = (row, column, words) => writer.paste(words, { lane: 'hall', row, column: columns.findIndex((one) => one.id === column) }, columns);
  return { draft, writer, write, paste, hall: () => draft.content.lanes[0].cues };
}

test('what is typed into a cell becomes the fields behind it', () => {
  const { write, hall, draft } = opened();
  const refused = [
    write('1', 'duration', '1h 5m'), write('2', 'start', '14:20'), write('3', 'segment', '개회'), write('2', 'speakers', '홍길동 (장관) ← 김은영'), write('1', 'notes.mc', '안녕하십니까'), write('3', 'title.ko', ' 시상\n① '),
  ];
  assert.deepEqual(refused, ['', '', '', '', '', '']);
  assert.deepEqual(outline(draft.content)[0], 'hall: 1@04:00! 2@05:20! 3@05:30');
  assert.deepEqual([hall()[0].notes, hall()[1].speakers, hall()[2].title.ko, hall()[2].segment], [{ mc: '안녕하십니까' }, [{ name: '홍길동', role: '장관', reads_for: '김은영' }], '시상 ①', 'open']);
  assert.equal(write('2', 'start', ''), '', 'a start that is cleared follows the cue before');
  assert.deepEqual(outline(draft.content)[0], 'hall: 1@04:00! 2@05:05 3@05:15');
});

test('what cannot be written is refused with the reason', () => {
  const { write, draft } = opened();
  const refused = [write('2', 'number', '1'), write('2', 'number', ' '), write('2', 'duration', 'soon'), write('2', 'start', 'noon'), write('1', 'start', ''), write('2', 'title.ko', ''), write('2', 'segment', '')];
  assert.deepEqual(refused, [
    '1번은 이미 있습니다: 1', '번호를 적어 주세요.', '소요 시간을 10, 10:00, 1시간 5분처럼 적어 주세요. 하루까지 됩니다.', '시각을 9:30처럼 적어 주세요.', '첫 순서는 시작 시각이 있어야 합니다.', '내용을 적어 주세요.', '구간을 적어 주세요.',
  ]);
  assert.deepEqual([draft.pending, draft.content], [[], plan()]);
});

test('the sheet says how short a cue may be and whether it may be left out', () => {
  const { write, hall, draft } = opened();
  assert.deepEqual([write('1', 'shortest_s', '4:30'), write('2', 'droppable', 'O'), write('3', 'droppable', '예')], ['', '', '']);
  assert.deepEqual(hall().map((one) => [one.shortest_s, one.droppable]), [[270, false], [null, true], [null, true]]);

  assert.deepEqual([write('1', 'shortest_s', '20'), write('1', 'shortest_s', 'soon'), write('2', 'droppable', '글쎄')], [
    '최소 시간은 소요보다 길 수 없습니다.', '2:00이나 30초처럼 적어 주세요.', '예 또는 아니요로 적어 주세요.',
  ]);
  assert.deepEqual([write('1', 'shortest_s', ''), write('2', 'droppable', ''), write('3', 'droppable', '아니요')], ['', '', '']);
  assert.deepEqual(draft.content.lanes, plan().lanes);
});

test('a segment that is not there is made, as one step with the cue', () => {
  const { write, hall, draft } = opened();
  assert.equal(write('2', 'segment', '만찬'), '');
  assert.deepEqual(draft.content.segments.map(({ title }) => title.ko), ['개회', '시상', '만찬']);
  assert.equal(hall()[1].segment, draft.content.segments[2].id);
  draft.undo();
  assert.deepEqual(draft.content, plan());
});

test('the empty row takes the next cue, in a plan without segments too', () => {
  const { write, writer, hall } = opened();
  assert.equal(write('new', 'title.ko', '폐회'), '');
  const added = hall().at(-1);
  assert.deepEqual([added?.title.ko, added?.segment, added?.fixed, added?.planned_s, added?.id], ['폐회', 'awards', false, 600, writer.added]);
  const empty = opened({ departments: [], segments: [], lanes: [{ ...plan().lanes[0], cues: [] }] });
  assert.equal(empty.write('new', 'duration', '20'), '');
  assert.deepEqual([empty.draft.content.segments.map(({ title }) => title.ko), empty.hall().map(({ title, planned_s, planned_start, fixed }) => [title.ko, planned_s, planned_start, fixed])], [
    ['본 순서'], [['새 순서', 1200, at('13:00'), true]],
  ]);
  assert.equal(empty.write('new', 'title.ko', '  '), '', 'nothing typed, nothing made');
});

test('rows copied from another table fill cells and add what is missing, as one step', () => {
  const { paste, draft, hall } = opened();
  assert.equal(paste('3', 'start', '14:00\t15\t시상 ①\t시상\r\n\t5\t만찬\t만찬\r\n\t1시간\t폐회\t만찬\r\n'), true);
  assert.deepEqual(hall().map(({ number, title, planned_s }) => [number, title.ko, planned_s]), [['1', '1', 600], ['2', '2', 600], ['3', '시상 ①', 900], ['5', '만찬', 300], ['6', '폐회', 3600]]);
  assert.deepEqual([outline(draft.content)[0], draft.content.segments.length, draft.pending.length], ['hall: 1@04:00! 2@04:10 3@05:00! 5@05:15 6@05:20', 3, 1]);
  draft.undo();
  assert.deepEqual(draft.content, plan());
});

test('a table with one wrong cell is not pasted, and its row is named; one word is no table', () => {
  const { paste, draft } = opened();
  assert.equal(paste('1', 'start', '13:00\t10\n13:10\tlong\n'), true);
  assert.deepEqual(notices(), ['2번째 줄: 소요 시간을 10, 10:00, 1시간 5분처럼 적어 주세요. 하루까지 됩니다.']);
  assert.deepEqual([draft.pending, paste('1', 'title.ko', '개회')], [[], false]);
});
