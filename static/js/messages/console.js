/** The console's box of messages: what was said and is to be said, who has read it, and the buttons to write, change and retract. */
import { ask } from '#hub/web/ask.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { clockBeside, clockTime, serverNow } from '#hub/web/time.js';
import { audienceWords } from '#hub/messages/audiences.js';

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{place: Element, opener?: Element, conf: string, zone: string, store: Store, dialogs: import('#hub/agenda/console/dialogs.js').Dialogs}} Box
 *   `opener`: a button elsewhere that begins a message too */

/** @type {Record<string, string>} */
const KINDS = { scheduled: 'wait', shown: 'live', ended: 'open' };

/**
 * Fill `place` with the box; it follows the operator's store by itself.
 * @param {Box} box
 */
export function messageBox(box) {
  const { place, opener, store } = box;
  const list = el('ol', { class: 'message-list' });
  const none = el('p', { class: 'quiet' }, t('아직 보낸 메시지가 없습니다.'));
  const add = el('button', { type: 'button', class: 'button', onclick: () => void write(box) }, t('메시지 쓰기'));
  opener?.addEventListener('click', () => void write(box));
  place.replaceChildren(el('div', { class: 'message-box-head' }, el('h2', { id: 'messages-title' }, t('메시지')), add), none, list);
  const draw = () => {
    const messages = store.all('message/').toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
    none.hidden = messages.length > 0;
    renderList(list, messages, ({ id }) => id, ({ id }) => line(box, id), (element, message) => update(element, message, box));
  };
  store.subscribe(draw);
  draw();
}

/**
 * @param {Box} box
 * @param {() => MessageDoc | null} [known] the message to be changed as it stands; a new one when left out
 */
async function write(box, known = () => null) {
  const dialogs = await box.dialogs();
  dialogs?.compose(box, known());
}

/**
 * @param {Box} box
 * @param {string} id
 */
function line(box, id) {
  const known = () => /** @type {MessageDoc | null} */ (box.store.get(`message/${id}`));
  const change = el('button', { type: 'button', class: 'button small message-edit', onclick: () => void write(box, known) }, t('고치기'));
  const retract = el('button', { type: 'button', class: 'button small', 'data-kind': 'danger' }, t('거두기'));
  retract.addEventListener('click', async () => {
    const { head } = box.store;
    const sure = await ask({
      title: t('이 메시지를 거둘까요?'),
      body: t('모든 화면에서 사라지고 내용은 남지 않습니다.'),
      action: t('거두기'),
    });
    if (sure) await press(retract, `/api/v1/c/${box.conf}/messages/${id}/retract`, { seen: head });
  });
  return el(
    'li',
    { class: 'message-line' },
    el('p', { class: 'message-states' }, el('span', { class: 'badge message-state' }), el('span', { class: 'badge message-urgent', 'data-kind': 'bad' }, t('긴급'))),
    el('p', { class: 'message-words' }),
    el('p', { class: 'message-who quiet small' }),
    el('p', { class: 'message-acknowledged small' }),
    el('div', { class: 'cluster' }, change, retract),
  );
}

/**
 * @param {Element} element
 * @param {MessageDoc} message
 * @param {Box} box
 */
function update(element, message, { zone, store }) {
  const state = need('.message-state', element);
  setText(state, stateWords(message, zone));
  state.dataset.kind = KINDS[message.state ?? 'shown'] ?? '';
  need('.message-urgent', element).hidden = !message.emergency;
  setText(need('.message-words', element), text(message.text));
  setText(need('.message-who', element), whoWords(message, store));
  const readers = (message.acknowledged ?? []).map(({ by, at }) => t('{by} {time} 확인', { by, time: clockTime(at, zone) }));
  const waits = message.audiences.includes('emcee') && message.state === 'shown' && readers.length === 0;
  setText(need('.message-acknowledged', element), waits ? t('사회자가 아직 확인하지 않았습니다') : readers.join(' · '));
  need('.message-edit', element).hidden = message.state === 'ended';
}

/**
 * @param {MessageDoc} message
 * @param {string} zone
 */
function stateWords({ state, at, until }, zone) {
  const time = clockBeside(at, serverNow(), zone);
  if (state === 'scheduled') return t('{time} 예약', { time });
  if (state === 'ended') return t('{time} 보냄, 끝남', { time });
  return until ? t('{time}부터 {end}까지', { time, end: clockBeside(until, serverNow(), zone) }) : t('{time}부터 표시 중', { time });
}

/**
 * @param {MessageDoc} message
 * @param {Store} store
 */
function whoWords({ audiences, emergency, lane, by = '' }, store) {
  const to = emergency ? t('모든 화면') : audiences.map(audienceWords).join(', ');
  const title = lane === null ? null : store.get(`lane/${lane}`)?.title;
  return [to, title && text(title), by].filter(Boolean).join(' · ');
}
