/** The form of a message to be sent or changed. */
import { AUDIENCES, audienceWords } from '#hub/messages/audiences.js';
import { nextTime } from '#hub/messages/shown.js';
import { ask } from '#hub/web/ask.js';
import { el, need } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { clockTime, serverNow, toMs } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').MessageDoc} MessageDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/messages/console.js').Box} Box */

const LONGEST = 300;

/**
 * Open the form; it stays open with what was typed until the hub has taken it.
 * @param {Pick<Box, 'conf' | 'zone' | 'store'>} box
 * @param {MessageDoc | null} message null for a new one
 */
export function compose(box, message) {
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
 * @param {Pick<Box, 'conf' | 'zone' | 'store'>} box
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
 * @param {Pick<Box, 'conf' | 'zone' | 'store'>} box
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
