/** Words of a stage screen stay inside it, however long they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupRollSize, layerSize, ROOM, rollFrame, rollGrid } from '#hub/live/stage-sizes.js';
import { fitSize, widthEm } from '#hub/web/fit.js';

const LONG = '김수한무거북이와두루미삼천갑자동방삭';
const OFFICE = '고용노동부 서울지방고용노동청 서울북부고용복지플러스센터 국민취업지원제도 운영지원팀';
const AGENCY = '한국장애인고용공단 광주광역시지역본부 취업지원부 국민취업지원제도 위탁운영사업단';

test('a short name and its organisation share a line, long ones stand one below the other', () => {
  assert.deepEqual([1, 6, 16, 25].map((lines) => rollFrame('정동희', '서울고용센터', lines).stacked), [false, false, false, false]);
  assert.deepEqual([1, 6, 16, 25].map((lines) => rollFrame(LONG, OFFICE, lines).stacked), [true, true, true, true]);
});

for (const lines of [1, 2, 3, 6, 7, 16, 17, 26]) {
  test(`no line of a roll of ${lines} is wider than its column or higher than its row`, () => {
    const { columns, rows } = rollGrid(lines);
    const column = ROOM / columns - (columns > 1 ? 3 : 0);
    for (const [name, from] of [['정동희', '서울고용센터'], [LONG, OFFICE], [AGENCY, ''], ['이하늘', '']]) {
      const { stacked, name: nameFrame, from: fromFrame } = rollFrame(name, from, lines);
      const sizes = [fitSize(name, nameFrame), from ? fitSize(from, fromFrame) : 0];
      const widths = [(sizes[0] * widthEm(name)) / nameFrame.lines, (sizes[1] * widthEm(from)) / fromFrame.lines];
      assert.ok(stacked ? Math.max(...widths) <= column + 0.3 : widths[0] + widths[1] <= column, `${name} ${widths}`);
      const height = 1.22 * (stacked ? sizes[0] * nameFrame.lines + sizes[1] * fromFrame.lines : sizes[0]);
      assert.ok(height <= Math.min(11.25, 37 / rows) + 0.1, `${name} ${height}`);
    }
  });
}

test('the roll of a group has one size at which its longest name stays inside', () => {
  assert.deepEqual(groupRollSize(['정동희', '양진경'], 13, 1), { size: 2.9, wrapped: false });
  const { size, wrapped } = groupRollSize(['정동희', AGENCY], 26, 2);
  assert.equal(wrapped, true);
  assert.ok((size * widthEm(AGENCY)) / 2 <= 16);
});

test('a text of the operator fills the screen, and the longest one still fits', () => {
  const twoHundred = '잠시 후 다음 순서를 시작합니다 자리에 앉아 주세요 '.repeat(8).slice(0, 200);
  assert.equal(layerSize('박수'), 11);
  for (const words of [twoHundred, '가'.repeat(200), twoHundred.slice(0, 100)]) {
    const size = layerSize(words);
    assert.ok(size >= 2.5 && Math.ceil((size * widthEm(words)) / (ROOM * 0.86)) * size * 1.22 <= 50, `${size}`);
  }
});
