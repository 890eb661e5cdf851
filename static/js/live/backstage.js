/** Backstage: whom to bring to the stage of a lane next, in calling order, and who of them is here. */
import { naming } from '#hub/awards/revealed.js';
import { jointWords } from '#hub/awards/joint.js';
import { levelWords, nameWords, receivingWords } from '#hub/awards/words.js';
import { seatWords, sinceWords } from '#hub/awards/presence.js';
import { nextWords, standing } from '#hub/agenda/lane-words.js';
import { laneView } from '#hub/agenda/lanes.js';
import { honoursFold } from '#hub/honours/marking.js';
import { drawArrival } from '#hub/live/arrival-words.js';
import { stillToCome } from '#hub/live/crew-calling.js';
import { followAsCrew } from '#hub/live/crew.js';
import { messageArea } from '#hub/messages/area.js';
import { whenOther } from '#hub/web/derived.js';
import { el, need, pageData, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';

/** @typedef {import('#hub/live/crew-calling.js').Person} Person */
/** @typedef {import('#hub/live/store.js').Store} Store */

/** @type {{conf: string, zone: string, lane: string | null, run: import('#hub/live/rehearsal.js').Follows | null, groups: Record<string, import('#hub/web/i18n.js').Text | null>}} */
const page = pageData();
const { zone, groups } = page;
const DECK = 3;
const drawMessages = messageArea({ audience: 'emcee', place: need('main'), emergencies: true });
const drawHonours = honoursFold(need('#honours'), page.conf);

/** All that is to come, drawn when something has happened. */
const drawComing = whenOther((/** @type {Store} */ store, /** @type {string} */ lane, /** @type {number} */ _version) => {
  const coming = stillToCome(store, lane);
  const [deck, later] = [coming.slice(0, DECK), coming.slice(DECK)];
  setText(need('#deck-title'), deck.length > 0 ? t('다음 {n}명을 무대로', { n: deck.length }) : t('무대로 부를 사람'));
  need('#deck-none').hidden = deck.length > 0;
  setText(need('#deck-none'), t('지금 순서에서 부를 사람이 없습니다.'));
  drawPeople(need('#deck'), deck, store);
  need('#later').hidden = later.length === 0;
  setText(need('#later-count'), t('{n}명 더', { n: later.length }));
  drawPeople(need('#later-list'), later, store);
});

followAsCrew({
  kind: 'backstage',
  ...page,
  known: groups,
  draw: (store, now) => {
    setText(need('#clock'), clockSeconds(now, zone));
    drawMessages(store, now);
    drawHonours(store);
    const view = page.lane ? laneView(store, page.lane, now) : null;
    if (!view) return;
    const next = view.next ? t('다음 {words}', { words: nextWords(view, zone) }) : nextWords(view, zone);
    setText(need('#now'), `${view.cue ? text(view.cue.title) : standing(view, zone)} · ${next}`);
    drawComing(store, view.lane.id, store.version);
  },
});

/**
 * @param {HTMLElement} list
 * @param {Person[]} people
 * @param {Store} store
 */
function drawPeople(list, people, store) {
  renderList(list, people, ({ award }) => award.id, personLine, (element, person) => update(element, person, store));
}

function personLine() {
  return el(
    'li',
    { class: 'person' },
    el('span', { class: 'person-number figure' }),
    el('div', { class: 'person-who' }, el('strong', { class: 'person-name' }), el('span', { class: 'person-from' }), el('span', { class: 'person-stand-in' })),
    el('div', { class: 'person-where' }, el('span', { class: 'badge' }), el('span', { class: 'person-since figure' }), el('span', { class: 'person-seat' })),
    el('span', { class: 'person-level' }),
  );
}

/**
 * @param {Element} element
 * @param {Person} person
 * @param {Store} store
 */
function update(element, { award, number, arrival, late }, store) {
  /** @type {HTMLElement} */ (element).dataset.arrival = arrival;
  setText(need('.person-number', element), String(number));
  setName(need('.person-name', element), nameWords(award));
  setName(need('.person-from', element), naming(award).from ?? '');
  setText(need('.person-stand-in', element), [jointWords(store, award), receivingWords(award)].filter(Boolean).join(' · '));
  setText(need('.person-level', element), levelWords(award.level));
  setText(need('.person-seat', element), [seatWords(store, award), text(award.guest && groups[award.guest])].filter(Boolean).join(' · '));
  drawArrival(need('.badge', element), arrival, late);
  setText(need('.person-since', element), sinceWords(store, award, zone));
}
