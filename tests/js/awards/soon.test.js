import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { SoonNotice, soonWords } from '#hub/awards/soon.js';
import { openPage } from '../web/page.js';

beforeEach(() => void openPage('<section id="soon" hidden></section>'));

const CALLED = { called: true, ready: false };
const place = () => /** @type {HTMLElement} */ (document.querySelector('#soon'));

test('the notice is there while the recipient is called soon, and says nothing of the award', () => {
  const notice = new SoonNotice({ place: place(), conf: 'day' });
  notice.draw(CALLED);
  assert.deepEqual([place().hidden, place().textContent, place().querySelector('a')?.getAttribute('href')], [false, '곧 차례입니다카메라와 마이크를 점검하고 준비되었다고 알려 주세요.점검하고 알리기', '/c/day/me/devices']);
  notice.draw({ called: true, ready: true });
  assert.deepEqual([place().dataset.kind, place().querySelector('a')], ['good', null]);
  notice.draw({ called: false, ready: false });
  assert.deepEqual([place().hidden, place().textContent], [true, '']);
});

test('what is said again leaves the page and the focus alone', () => {
  const notice = new SoonNotice({ place: place(), conf: 'day' });
  notice.draw(CALLED);
  const link = place().querySelector('a');
  notice.draw({ ...CALLED });
  assert.equal(place().querySelector('a'), link);
});

test('nothing is said to somebody who is not called', () => {
  assert.equal(soonWords({ called: false, ready: true }), null);
});
