/** The desk's dialogs: a guest's badge, and a personal link that is shown once. */
import { notify } from '#hub/announce.js';
import { ask } from '#hub/ask.js';
import { send } from '#hub/command.js';
import { el } from '#hub/dom.js';
import { t } from '#hub/i18n.js';
import { press } from '#hub/press.js';
import { dateTime } from '#hub/time.js';

/** @typedef {{id: string, name: string}} Guest */

/**
 * Show a guest's badge, to be replaced or withdrawn.
 * @param {string} conf
 * @param {Guest} guest
 * @param {import('#hub/live/store.js').Store} store
 */
export function badgeDialog(conf, guest, store) {
  const valid = store.get(`guest/${guest.id}`)?.badge ?? true;
  const base = `/c/${conf}/desk/guests/${guest.id}`;
  const dialog = open(guest.name, [
    valid
      ? el('img', { class: 'desk-qr', src: `/c/${conf}/desk/badges/${guest.id}.svg`, alt: t('{name} 명찰 QR 코드', { name: guest.name }) })
      : el('p', { class: 'callout', 'data-kind': 'warn' }, t('쓸 수 있는 명찰이 없습니다.')),
  ]);
  const command = (/** @type {string} */ verb, /** @type {string} */ words, /** @type {string} */ question) => {
    const button = el('button', { type: 'button', class: 'button', 'data-kind': 'danger' }, words);
    button.addEventListener('click', async () => {
      if (!(await ask({ title: question, action: words }))) return;
      const answer = await press(button, () => send(`${base}/${verb}`));
      if (answer?.ok) {
        dialog.close();
        notify(verb === 'reissue' ? t('새 명찰을 발급했습니다. 앞의 명찰은 더는 쓸 수 없습니다.') : t('명찰을 취소했습니다.'), { kind: 'good' });
      }
    });
    return button;
  };
  const actions = [command('reissue', t('새로 발급'), t('{name} 님의 명찰을 새로 발급할까요? 앞의 명찰은 쓸 수 없게 됩니다.', { name: guest.name }))];
  if (valid) actions.push(command('revoke', t('명찰 취소'), t('{name} 님의 명찰을 취소할까요?', { name: guest.name })));
  dialog.querySelector('.actions')?.prepend(...actions);
}

/**
 * Make a personal link and show it this once.
 * @param {string} conf
 * @param {Guest} guest
 * @param {HTMLElement} button
 */
export async function linkDialog(conf, guest, button) {
  const answer = await press(button, () => send(`/c/${conf}/desk/guests/${guest.id}/link`));
  if (!answer?.ok) return;
  const field = el('input', { class: 'input', readonly: true, value: answer.data.url, 'aria-label': t('개인 링크') });
  const copy = el('button', { type: 'button', class: 'button', 'data-kind': 'primary', autofocus: true }, t('복사'));
  copy.addEventListener('click', async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    notify(t('링크를 복사했습니다.'), { kind: 'good' });
  });
  const dialog = open(t('{name} 님의 개인 링크', { name: guest.name }), [
    el('p', null, t('이 링크는 지금만 볼 수 있습니다. 복사해서 본인에게만 보내 주세요.')),
    field,
    el('p', { class: 'quiet small' }, t('{at}까지 몇 번이든 쓸 수 있습니다.', { at: dateTime(answer.data.expires_at) })),
  ]);
  dialog.querySelector('.actions')?.prepend(copy);
}

/**
 * @param {string} title
 * @param {(Node | string)[]} content
 */
function open(title, content) {
  const close = el('button', { class: 'button', 'data-kind': 'quiet', value: 'close' }, t('닫기'));
  const dialog = el(
    'dialog',
    { class: 'ask desk-dialog', 'aria-labelledby': 'dialog-title' },
    el('form', { method: 'dialog', class: 'stack' }, el('h2', { id: 'dialog-title' }, title), ...content, el('div', { class: 'actions' }, close)),
  );
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  return dialog;
}
