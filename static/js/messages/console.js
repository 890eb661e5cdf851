/** The console's box of messages: write, schedule, change and retract them, and see who has read them. */
import { ask } from '#hub/web/ask.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { clockBeside, clockTime, serverNow, toMs } from '#hub/web/time.js';
import { nextTime } from '#hub/messages/shown.js';

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */
/** @typedef {import('#hub/live/documents.js').Audience} Audience */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{place: Element, opener?: Element, conf: string, zone: string, store: Store}} Box `opener`: a button elsewhere that begins a message too */

/** @type {Audience[]} */
const AUDIENCES = ['public', 'staff', 'stage', 'timer', 'emcee'];
const LONGEST = 300;
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
  const add = el('button', { type: 'button', class: 'button', onclick: () => compose(box, null) }, t('메시지 쓰기'));
  opener?.addEventListener('click', () => compose(box, null));
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
 * @param {string} id
 */
function line(box, id) {
  const known = () => /** @type {MessageDoc | null} */ (box.store.get(`message/${id}`));
  const change = el('button', { type: 'button', class: 'button small message-edit', onclick: () => compose(box, known()) }, t('고치기'));
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

/** @param {Audience} audience */
function audienceWords(audience) {
  switch (audience) {
    case 'public':
      return t('모든 참석자');
    case 'staff':
      return t('현장 접수');
    case 'stage':
      return t('무대 화면');
    case 'timer':
      return t('연단 타이머');
    case 'emcee':
      return t('사회자');
  }
}

/**
 * Open the form of a message; it stays open with what was typed until the hub has taken it.
 * @param {Box} box
 * @param {MessageDoc | null} message null for a new one
 */
function compose(box, message) {
  const { conf, store } = box;
  const seen = store.head;
  const form = formOf(box, message);
  const submit = el('button', { class: 'button', 'data-kind': 'primary' }, message ? t('고친 대로 보내기') : t('보내기'));
  const close = el('button', { type: 'button', class: 'button', 'data-kind': 'quiet', onclick: () => dialog.close() }, t('닫기'));
  form.append(el('div', { class: 'actions' }, submit, close));
  const dialog = el('dialog', { class: 'ask message-dialog', 'aria-labelledby': 'compose-title' }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = bodyOf(form, box, message);
    if (body.emergency && !(await sureOf(body))) return;
    const path = message ? `/${message.id}/edit` : '';
    const answer = await press(submit, `/api/v1/c/${conf}/messages${path}`, message ? { ...body, seen } : body);
    if (answer?.ok) dialog.close();
  });
  form.addEventListener('change', () => check(form));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  check(form);
  dialog.showModal();
}

/** @param {{text: {ko: string, en: string}}} body */
function sureOf(body) {
  return ask({
    title: t('긴급 메시지를 모든 화면에 띄울까요?'),
    body: body.text.ko || body.text.en,
    action: t('모든 화면에 띄우기'),
  });
}

/**
 * @param {Box} box
 * @param {MessageDoc | null} message
 */
function formOf({ store, zone }, message) {
  const lanes = store.all('lane/');
  const scheduled = message?.state === 'scheduled';
  const time = (/** @type {string | null | undefined} */ at) => (at ? clockTime(at, zone) : '');
  const chosen = message?.audiences ?? ['public'];
  return el(
    'form',
    { class: 'stack' },
    el('h2', { id: 'compose-title' }, message ? t('메시지 고치기') : t('새 메시지')),
    words('ko', t('한국어'), message?.text.ko ?? ''),
    words('en', t('영어'), message?.text.en ?? ''),
    el(
      'fieldset',
      { class: 'field message-audiences' },
      el('legend', null, t('누구에게')),
      ...AUDIENCES.map((one) => tick('audience', one, audienceWords(one), chosen.includes(one))),
    ),
    labelled(
      t('진행 구역'),
      el(
        'select',
        { name: 'lane' },
        el('option', { value: '' }, t('모든 구역')),
        ...lanes.map((lane) => el('option', { value: lane.id, selected: lane.id === message?.lane }, text(lane.title))),
      ),
    ),
    el(
      'div',
      { class: 'cluster' },
      !message || scheduled ? labelled(t('보낼 시각 (비우면 지금)'), el('input', { type: 'time', name: 'at', value: scheduled ? time(message?.at) : '' })) : null,
      labelled(t('끝낼 시각 (비우면 거둘 때까지)'), el('input', { type: 'time', name: 'until', value: time(message?.until) })),
    ),
    tick('emergency', 'yes', t('긴급: 모든 화면을 덮습니다'), message?.emergency ?? false),
  );
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 */
function words(name, label, value) {
  const area = el('textarea', { name, rows: 2, maxlength: LONGEST, lang: name, autofocus: name === 'ko' });
  area.value = value;
  return labelled(label, area);
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function labelled(label, control) {
  return el('label', { class: 'field' }, el('span', null, label), control);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} label
 * @param {boolean} checked
 */
function tick(name, value, label, checked) {
  return el('label', { class: 'message-tick' }, el('input', { type: 'checkbox', name, value, checked }), label);
}

/**
 * Say in the browser's own words what is missing: a wording, or somebody to tell.
 * @param {HTMLFormElement} form
 */
function check(form) {
  const data = new FormData(form);
  const worded = `${data.get('ko')}${data.get('en')}`.trim() !== '';
  const told = data.has('audience') || data.has('emergency');
  /** @type {HTMLTextAreaElement} */ (need('[name=ko]', form)).setCustomValidity(worded ? '' : t('내용을 적어 주세요'));
  /** @type {HTMLInputElement} */ (need('[name=audience]', form)).setCustomValidity(told ? '' : t('누구에게 보낼지 골라 주세요'));
}

/**
 * @param {HTMLFormElement} form
 * @param {Box} box
 * @param {MessageDoc | null} message
 */
function bodyOf(form, { zone }, message) {
  const data = new FormData(form);
  const value = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  const emergency = data.has('emergency');
  const clock = (/** @type {number} */ instant) => clockTime(instant, zone);
  const now = serverNow();
  const at = instantOf(value('at'), message?.state === 'scheduled' ? message.at : null, now);
  const until = instantOf(value('until'), message?.until ?? null, at ? toMs(at) : now);
  return {
    text: { ko: value('ko'), en: value('en') },
    audiences: emergency ? AUDIENCES : AUDIENCES.filter((one) => data.getAll('audience').includes(one)),
    emergency,
    lane: value('lane') || null,
    at,
    until,
  };

  /**
   * @param {string} time as typed
   * @param {string | null} before the instant that the form was filled with: it stays while its time of day does
   * @param {number} after
   */
  function instantOf(time, before, after) {
    if (!time) return null;
    if (before && clock(toMs(before)) === time) return before;
    return new Date(nextTime(time, clock, after)).toISOString();
  }
}
