/** What the keys do, and how times are typed. */
import { dialog } from '#hub/web/dialog.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** Show the keys, and how times are typed. */
export function keysDialog() {
  dialog(t('단축키와 적는 법'), [list(keys()), el('h3', null, t('적는 법')), list(ways())]);
}

/** @returns {[string, string][]} keys and what they do */
function keys() {
  return [
    ['↑ ↓ ← → Tab', t('칸 옮기기')],
    ['Enter, F2', t('고치기, 넣기')],
    ['Esc', t('고치던 것 되돌리기')],
    ['Ctrl+Enter', t('아래에 순서 넣기')],
    ['Alt+↑ ↓', t('순서를 위아래로 옮기기')],
    ['Alt+← →', t('순서를 옆 구역으로 옮기기')],
    ['Ctrl+D', t('순서 복제')],
    ['Ctrl+Delete', t('순서 삭제')],
    ['Ctrl+Z, Ctrl+Shift+Z', t('실행 취소, 다시 실행')],
    ['+ −', t('시간표에서 1분 늘리기, 줄이기')],
    ['Esc, Tab', t('표에서 나가기')],
  ];
}

/** @returns {[string, string][]} what is typed, by column */
function ways() {
  return [
    [t('시작'), t('9:30, 0930, 오후 1:20. 다른 날은 12-03 09:00. 비우면 앞 순서가 끝날 때 시작합니다.')],
    [t('소요'), t('10 (분), 10:00, 1:30:00, 1시간 5분, 1h 5m')],
    [t('구간'), t('없는 이름을 적으면 새 구간이 됩니다.')],
    [t('발표자'), t('홍길동 (장관), 김은영 ← 이철수. 화살표 뒤는 글을 쓴 사람입니다 (대독).')],
    [t('붙여 넣기'), t('다른 표에서 복사한 줄을 그대로 붙여 넣을 수 있습니다.')],
  ];
}

/** @param {[string, string][]} rows */
function list(rows) {
  return el('dl', { class: 'key-rows' }, ...rows.map(([name, words]) => el('div', null, el('dt', null, name), el('dd', null, words))));
}
