import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { AwardCard } from '#hub/awards/console.js';
import { initials } from '#hub/awards/round-list.js';
import { at } from '../day.js';
import { buttonsOf, openPage } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

beforeEach(() => void openPage(''));

/** @param {ReturnType<typeof ceremony>} store */
function cardOf(store) {
  const it = { now: 0, acts: /** @type {string[]} */ ([]), due: /** @type {(() => void)[]} */ ([]) };
  const card = new AwardCard({
    store, lane: 'hall', zone: 'Asia/Seoul', now: () => it.now, later: (_, fn) => it.due.push(fn), act: (award, verb) => it.acts.push(`${verb} ${award.id}`),
  });
  const draw = () => card.draw({ arm: 'A', reveal: 'S', done: 'D' }, at('09:36:00'));
  draw();
  return Object.assign(it, { card, store, draw });
}

/**
 * @param {ReturnType<typeof cardOf>} it
 * @param {object} award
 */
function change(it, award) {
  it.store.apply([{ stream: 'operator', seq: it.store.head + 1, topic: 'AwardChanged', at: '', body: { docs: { 'award/a': award } } }]);
  it.draw();
}

const steps = (/** @type {{card: AwardCard}} */ { card }) =>
  [...card.element.querySelectorAll('.card-steps button')].map((button) => [button.textContent, button.getAttribute('aria-disabled') === 'false']);
const IN_CUE = { 'lane/hall': { id: 'hall', title: { ko: '현장', en: 'Hall' }, position: 1, status: 'running', cue: 'round-1', held_since: null } };

test('a number of the round on air is found before the same number of a round that is over', () => {
  const over = { ...allowing([], { id: 'old', order: 2, cue: 'opening' }) };
  const it = cardOf(ceremony([over, allowing([], { id: 'a', order: 1 }), allowing([], { id: 'b', order: 2 })], IN_CUE));

  assert.deepEqual(it.card.find('2').map(({ id }) => id), ['b', 'old']);
});

test('the award that is up is shown with three steps in a fixed row, what else may be done, and those that follow', () => {
  const it = cardOf(ceremony([allowing(['arm', 'defer', 'skip', 'correct']), allowing([], { id: 'b', recipient: '서미영' })], IN_CUE));

  assert.equal(it.card.element.querySelector('.card-name')?.textContent, '석용주');
  assert.deepEqual(steps(it), [['준비A', true], ['발표S', false], ['마침D', false]]);
  assert.deepEqual([...it.card.element.querySelectorAll('.card-more button > span')].map((words) => words.textContent), ['뒤로 미루기', '건너뛰기', '고치기']);
  assert.deepEqual([...it.card.queue.querySelectorAll('.following-who')].map((who) => who.textContent), ['서미영, 천안고용센터']);
});

test('those that follow are shown with where they sit', () => {
  const guest = { id: 'guest-002', seat: 'D-06', inside: false, remote_connected: false };
  const it = cardOf(ceremony([allowing(['arm']), allowing([], { id: 'b', recipient: '서미영', guest: 'guest-002' })], { ...IN_CUE, 'guest/guest-002': guest }));

  assert.deepEqual([...it.card.queue.querySelectorAll('.following-seat')].map((seat) => seat.textContent), ['좌석 D-06']);
});

test('of recipients without a name the card says which one is up', () => {
  const guest = { id: 'guest-001', seat: 'H-04', inside: true, remote_connected: false };
  const note = (/** @type {object} */ fields) => cardOf(ceremony([allowing(['arm'], fields)], { ...IN_CUE, 'guest/guest-001': guest })).card.element.querySelector('.card-note')?.textContent;

  assert.deepEqual([note({ recipient: null, unnamed: true, number: '15' }), note({ number: '15' })], ['15번 · 좌석 H-04', '']);
});

test('buttons stay the same elements from step to step, so focus stays', () => {
  const it = cardOf(ceremony([allowing(['arm'])], IN_CUE));
  const before = [...it.card.element.querySelectorAll('.card-steps button')];
  change(it, allowing(['reveal'], { state: 'armed' }));

  assert.deepEqual([...it.card.element.querySelectorAll('.card-steps button')], before);
});

test('space goes ready, reveal, done, and the reveal is dead for a moment after ready', () => {
  const it = cardOf(ceremony([allowing(['arm'])], IN_CUE));
  assert.equal(it.card.press('step'), '');
  change(it, allowing(['reveal'], { state: 'armed' }));
  it.now = 599;
  it.card.press('step');
  it.card.press('reveal');
  assert.deepEqual([it.acts, steps(it)[1]], [['arm a'], ['발표S', false]]);

  it.now = 600;
  for (const fn of it.due) fn();
  assert.deepEqual(steps(it)[1], ['발표S', true]);
  it.card.press('step');
  change(it, allowing(['done', 'present'], { state: 'revealed' }));
  it.card.press('step');
  assert.deepEqual(it.acts, ['arm a', 'reveal a', 'done a']);
});

test('a key whose step the server does not allow does nothing and says why', () => {
  const it = cardOf(ceremony([{ ...allowing(['arm']), commands: /** @type {any} */ ({ arm: null, reveal: 'not_armed' }) }], IN_CUE));

  assert.equal(it.card.press('reveal'), '먼저 발표 준비를 누르세요.');
  assert.equal(it.card.press('absent'), '지금은 할 수 없습니다.');
  assert.equal(it.card.press('proxy'), '지금은 할 수 없습니다.');
  assert.deepEqual(it.acts, []);
});

test('an award whose cue has not begun is made ready with Shift+A only', () => {
  const it = cardOf(ceremony([allowing(['arm'])]));

  assert.equal(it.card.press('step'), 'round-1 순서는 아직 시작하지 않았습니다. 그래도 준비하려면 Shift+A를 누르세요.');
  assert.deepEqual(it.acts, []);
  assert.equal(it.card.press('outside'), '');
  assert.deepEqual(it.acts, ['arm a']);
});

test('a name of a round that is over is finished, and is not said to be made ready', () => {
  const over = { ...IN_CUE['lane/hall'], cue: 'performance' };
  const it = cardOf(ceremony([{ ...allowing(['done'], { state: 'revealed' }), commands: /** @type {any} */ ({ arm: 'not_sealed', done: null }) }], { 'lane/hall': over }));

  assert.doesNotMatch(it.card.press('arm'), /Shift\+A/);
  assert.equal(it.card.press('step'), '');
  assert.deepEqual(it.acts, ['done a']);
});

test('who is missing stands out, and the card follows their arrival', () => {
  const guest = { id: 'guest-001', inside: false, remote_connected: false };
  const it = cardOf(ceremony([allowing(['arm'])], { ...IN_CUE, 'guest/guest-001': guest }));
  const seen = () => [/** @type {HTMLElement} */ (it.card.element.querySelector('.card')).dataset.missing, ...[...it.card.element.querySelectorAll('.badge')].map((badge) => badge.textContent)];
  assert.deepEqual(seen(), ['true', '발표 전', '아직 오지 않음']);

  it.store.apply([{ stream: 'operator', seq: 2, topic: 'PresenceNoted', at: '', body: { docs: { 'elsewhere/guest-001': { guest: 'guest-001', state: 'connected', source: 'socket', since: '2021-12-02T00:36:00.000Z' } } } }]);
  it.draw();
  const [missing, state, where] = seen();
  assert.deepEqual([missing, state], ['false', '발표 전']);
  assert.match(where ?? '', /^온라인 접속 중 · .+부터$/);
});

test('who is absent, or somebody receives it for, is not missing, and the card says so', () => {
  const guest = { id: 'guest-001', inside: false, remote_connected: false };
  const it = cardOf(ceremony([allowing(['absent', 'proxy'], { absent: true, deferred: true })], { ...IN_CUE, 'guest/guest-001': guest }));
  const seen = () => [
    /** @type {HTMLElement} */ (it.card.element.querySelector('.card')).dataset.missing,
    ...[...it.card.element.querySelectorAll('.badge, .card-note, .card-more button > span')].map((words) => words.textContent),
  ];
  assert.deepEqual(seen(), ['false', '발표 전', '뒤로 미룸', '불참', '불참 · 이름만 낭독', '불참 취소', '대리 수상']);

  change(it, allowing(['absent', 'proxy'], { representative: '석가영', relation: '배우자', stand_in: 'proxy' }));
  assert.deepEqual(seen(), ['false', '발표 전', '아직 오지 않음', '대리 수상 석가영(배우자)', '불참', '대리 수상']);
  assert.deepEqual([it.card.press('absent'), it.card.press('proxy'), it.acts], ['', '', ['absent a', 'proxy a']]);
});

test('who was put back or absent and has come can be called, and the card names them', () => {
  const here = (/** @type {string} */ id) => ({ [`guest/${id}`]: { id, inside: true, remote_connected: false } });
  const others = [allowing([], { id: 'b', recipient: '서미영', deferred: true }), allowing([], { id: 'c', recipient: '서민', guest: 'guest-003', absent: true })];
  const it = cardOf(ceremony([allowing(['arm']), ...others], { ...IN_CUE, ...here('guest-001') }));
  const back = () => it.card.queue.querySelector('.card-back')?.textContent;
  assert.equal(back(), '도착함, 부를 수 있습니다: 서미영, 천안고용센터');

  it.store.apply([{ stream: 'operator', seq: 2, topic: 'GuestAdmitted', at: '', body: { docs: here('guest-003') } }]);
  it.draw();
  assert.equal(back(), '도착함, 부를 수 있습니다: 서미영, 천안고용센터 · 서민, 천안고용센터');
});

test('before its round the card names the round that comes, and Shift+A calls the first of it', () => {
  const waiting = { 'calling/hall': { lane: 'hall', cue: null, next_cue: 'round-1', order: [], up: null, following: [] } };
  const it = cardOf(ceremony([allowing(['arm']), allowing(['arm'], { id: 'b' })], waiting));

  assert.equal(it.card.element.querySelector('.card-nobody')?.textContent, 'round-1 순서는 아직 시작하지 않았습니다. 부를 수상자 2명');
  assert.equal(it.card.press('defer'), '부를 수상자가 없습니다');
  assert.equal(it.card.press('outside'), '');
  assert.deepEqual(it.acts, ['arm a']);
});

test('a lane without awards shows nothing of them', () => {
  const it = cardOf(ceremony([]));

  assert.deepEqual([it.card.element.hidden, it.card.queue.hidden, it.card.press('step')], [true, true, '부를 수상자가 없습니다']);
});

test('somebody is called out of order by number, name or initial consonants', () => {
  const it = cardOf(ceremony([allowing(['arm']), allowing(['arm'], { id: 'b', recipient: '서미영', order: 2 }), allowing([], { id: 'c', recipient: '서민', state: 'done', order: 3 })], IN_CUE));
  const found = (/** @type {string} */ words) => it.card.find(words).map(({ id }) => id);

  assert.equal(initials('석용주 A'), 'ㅅㅇㅈ A');
  assert.deepEqual([found('2'), found('ㅅㅁ'), found('용주'), found('3'), found(''), found('ㅎ')], [['b'], ['b'], ['a'], [], [], []]);
});

test('the list of all awards is filled when it is opened', () => {
  const it = cardOf(ceremony([allowing(['arm']), allowing(['take-back', 'correct'], { id: 'b', order: 2 })], IN_CUE));
  const list = /** @type {HTMLDetailsElement} */ (it.card.queue.querySelector('details'));
  assert.equal(list.querySelectorAll('tbody tr').length, 0);

  Object.defineProperty(list.querySelector('.table-frame'), 'clientHeight', { value: 448 });
  list.open = true;
  it.draw();
  assert.deepEqual([...list.querySelectorAll('tbody tr')].map(buttonsOf), [['발표 준비', '발표', '마침'], ['발표 준비', '발표', '마침', '고치기', '비공개로 되돌리기']]);
});

/** @param {object | null} group */
function grouped(group) {
  /** @type {string[]} */
  const acts = [];
  const award = allowing(['done'], { state: 'revealed', revealed_at: '2021-12-02T00:35:00Z' });
  const card = new AwardCard({
    store: ceremony([award], { ...IN_CUE, ...(group && { 'group/hall': group }) }), lane: 'hall', zone: 'Asia/Seoul', now: () => 0, later: () => {},
    act: (one, verb) => acts.push(`${verb} ${one.id}`), group: (verb) => acts.push(`group ${verb}`),
  });
  card.draw({ arm: 'A', reveal: 'S', done: 'D' }, at('09:36:00'));
  return { card, acts };
}
const GROUP = { lane: 'hall', level: 'grand', heading: { ko: '대상', en: '' }, size: 2, revealed: ['a'], current: 'a', pace_s: 8, next_at: '2021-12-02T00:36:05Z', paused: false, awards: ['a', 'b'], next: 'b', due: 'b' };

test('while a group is called its card stands in place of the award, space pauses it, and other keys say why they do nothing', () => {
  const { card, acts } = grouped(GROUP);

  assert.deepEqual([...card.element.querySelectorAll('.card')].map((one) => [one.classList.contains('group-card'), /** @type {HTMLElement} */ (one).hidden]), [[true, false], [false, true]]);
  assert.equal(card.press('step'), '');
  assert.deepEqual(['done', 'group'].map((key) => card.press(key)), ['이 구역에서 단체 발표를 하고 있습니다. 먼저 끝내 주세요.', '이 구역에서 단체 발표를 하고 있습니다. 먼저 끝내 주세요.']);
  assert.deepEqual(acts, ['group pause']);
});

test('undo of a running group takes the name back that is seen, and is that of the lane when nothing comes by itself', () => {
  const running = grouped(GROUP);
  const paused = grouped({ ...GROUP, paused: true, next_at: null });

  assert.deepEqual([running.card.takesBack(), paused.card.takesBack(), grouped(null).card.takesBack()], [true, false, false]);
  assert.deepEqual([running.acts, paused.acts], [['group back'], []]);
});

test('a key and a button ask for a group', () => {
  const { card, acts } = grouped(null);

  assert.equal(card.press('group'), '');
  /** @type {HTMLElement} */ (card.queue.querySelector('button[data-verb="group"]')).click();
  assert.deepEqual([acts, card.element.querySelector('.group-card')], [['group begin', 'group begin'], null]);
});
