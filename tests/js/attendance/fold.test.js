import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attendanceFold } from '#hub/attendance/fold.js';
import { Store } from '#hub/live/store.js';
import { need } from '#hub/web/dom.js';
import { openPage } from '../web/page.js';

const PAGE = '<details id="a" hidden><summary><span class="honours-count"></span></summary><table><tbody></tbody></table></details>';
const NOBODY = { expected: 0, absent: 0, hall: 0, connected: 0, idle: 0, left: 0 };
const GROUPS = [{ id: 'press', title: { ko: '언론', en: 'Press' } }, { id: 'staff', title: { ko: '운영', en: 'Staff' } }];

test('the console counts by mode and by group, those of no group too, and leaves out whom nobody expects', () => {
  openPage(PAGE);
  const fold = need('#a');
  const draw = attendanceFold(fold, GROUPS);
  const store = new Store();
  draw(store);
  assert.equal(fold.hidden, true);

  const online = { ...NOBODY, expected: 3, hall: 1, connected: 1, idle: 1 };
  store.reset({
    attendance: {
      total: { ...online, expected: 4, left: 1 },
      by_mode: { onsite: { ...NOBODY, expected: 1, left: 1 }, metaverse: NOBODY, zoom: NOBODY, online },
      by_group: { '': { ...NOBODY, expected: 1, left: 1 }, press: online },
    },
  }, 1);
  draw(store);

  assert.equal(fold.hidden, false);
  assert.equal(need('.honours-count', fold).textContent, '현장 1 · 온라인 2');
  assert.deepEqual(
    [...fold.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
    [
      ['모두', '4', '1', '1', '1', '1', '0'],
      ['현장 참석', '1', '0', '0', '0', '1', '0'],
      ['온라인 중계 참석', '3', '1', '1', '1', '0', '0'],
      ['언론', '3', '1', '1', '1', '0', '0'],
      ['구분 없음', '1', '0', '0', '0', '1', '0'],
    ],
  );
});
