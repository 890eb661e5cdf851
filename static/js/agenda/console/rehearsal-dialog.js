/** The dialog that begins a rehearsal: at which cue, how fast, and whether the screens follow it. */
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * @param {{conf: string, store: Store, speeds: [number, string][]}} parts `speeds`: the choices, with their words
 * @returns {Promise<string | null>} the id of the rehearsal that was begun; null when none was
 */
export function beginRehearsal({ conf, store, speeds }) {
  const cue = el('select', { id: 'rehearse-cue', class: 'input', autofocus: true }, el('option', { value: '' }, t('처음부터')), ...laneGroups(store));
  const speed = el('select', { id: 'rehearse-speed', class: 'input' }, ...speeds.map(([value, words]) => el('option', { value }, words)));
  const onAir = lanesOnAir(store);
  const screens = el('input', { type: 'checkbox', id: 'rehearse-screens', checked: onAir.length === 0 });
  const begin = el('button', { class: 'button', value: 'begin', 'data-kind': onAir.length > 0 ? 'danger' : 'primary' }, onAir.length > 0 ? t('진행 중에도 시작') : t('리허설 시작'));
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'rehearse-title' },
    el(
      'form',
      { method: 'dialog', class: 'form' },
      el('h2', { id: 'rehearse-title' }, t('리허설')),
      el('p', null, t('참석자와 결과 화면에는 아무것도 나타나지 않습니다.')),
      onAir.length > 0 && el('p', { class: 'callout', 'data-kind': 'warn' }, t('실제 진행 중입니다: {lanes}', { lanes: onAir.join(', ') })),
      el('div', { class: 'field' }, el('label', { for: 'rehearse-cue' }, t('시작할 순서')), cue),
      el('div', { class: 'field' }, el('label', { for: 'rehearse-speed' }, t('속도')), speed),
      el('label', { class: 'choice' }, screens, el('span', null, t('화면이 리허설을 따라감'))),
      el('div', { class: 'actions' }, begin, el('button', { class: 'button', value: '', 'data-kind': 'quiet', formnovalidate: true }, t('취소'))),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    /** @type {string | null} */
    let begun = null;
    begin.addEventListener('click', async (event) => {
      event.preventDefault();
      const body = { revision: store.get('plan')?.revision ?? 0, cue: cue.value || null, speed: Number(speed.value), screens: screens.checked, while_live: onAir.length > 0 };
      const answer = await press(begin, `/api/v1/c/${encodeURIComponent(conf)}/runs`, body);
      if (!answer?.ok) return;
      begun = answer.data.run;
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(begun);
    });
    dialog.showModal();
  });
}

/**
 * The cues of each lane, as the live run has them.
 * @param {Store} store
 */
function laneGroups(store) {
  const cues = store.all('cue/');
  return store.all('lane/').map(({ id, title }) => {
    const own = cues.filter(({ lane }) => lane === id);
    return el('optgroup', { label: text(title) }, ...own.map((cue) => el('option', { value: cue.id }, [cue.number, text(cue.title)].filter(Boolean).join(' · '))));
  });
}

/** @param {Store} store */
function lanesOnAir(store) {
  return store.all('lane/').filter(({ status }) => status === 'running' || status === 'held').map(({ title }) => text(title));
}
