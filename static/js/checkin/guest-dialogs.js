/** The desk's dialogs: a guest's badge, and secrets that are shown once. */
import { notify } from '#hub/web/announce.js';
import { ask } from '#hub/web/ask.js';
import { dialog as open, secretDialog } from '#hub/web/dialog.js';
import { el, pageData } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { dateTime, serverNow } from '#hub/web/time.js';

/** @typedef {{id: string, name: string}} Guest */

/**
 * Show a guest's badge, to be replaced or withdrawn.
 * @param {string} conf
 * @param {Guest} guest
 * @param {{badge: boolean} | undefined} known whether the badge opens gates, where that is known
 * @param {() => void} [changed] called when the badge was replaced or withdrawn
 */
export function badgeDialog(conf, guest, known, changed = () => {}) {
  const valid = known?.badge ?? true;
  const base = `/c/${conf}/desk/people/${guest.id}`;
  const dialog = open(guest.name, [
    valid
      ? el('img', { class: 'desk-qr', src: `/c/${conf}/desk/badges/${guest.id}.svg`, alt: t('{name} 명찰 QR 코드', { name: guest.name }) })
      : el('p', { class: 'callout', 'data-kind': 'warn' }, t('쓸 수 있는 명찰이 없습니다.')),
  ]);
  const command = (/** @type {string} */ verb, /** @type {string} */ words, /** @type {string} */ question) => {
    const button = el('button', { type: 'button', class: 'button', 'data-kind': 'danger' }, words);
    button.addEventListener('click', async () => {
      if (!(await ask({ title: question, action: words }))) return;
      const answer = await press(button, `${base}/${verb}`);
      if (answer?.ok) {
        dialog.close();
        changed();
        notify(verb === 'reissue' ? t('새 명찰을 발급했습니다. 앞의 명찰은 더는 쓸 수 없습니다.') : t('명찰을 취소했습니다.'), { kind: 'good' });
      }
    });
    return button;
  };
  const actions = [command('reissue', t('새로 발급'), t('{name} 님의 명찰을 새로 발급할까요? 앞의 명찰은 쓸 수 없게 됩니다.', { name: guest.name }))];
  if (valid) actions.push(command('revoke', t('명찰 취소'), t('{name} 님의 명찰을 취소할까요?', { name: guest.name })));
  dialog.querySelector('.actions')?.prepend(...actions);
}

/** @typedef {{made: string | null, by: string, used: string | null, ends: string}} Link a guest's personal link */

/**
 * Make a personal link and show it this once; a guest who has one is asked about first.
 * @param {string} conf
 * @param {Guest} guest
 * @param {HTMLElement} button
 * @param {Link | undefined} link what the guest has
 * @param {(link: Link | undefined) => void} changed called with the link that the guest has now
 */
export async function linkDialog(conf, guest, button, link, changed) {
  if (link) haveDialog(conf, guest, link, changed);
  else await makeLink(conf, guest, button, changed);
}

/**
 * @param {string} conf
 * @param {Guest} guest
 * @param {HTMLElement} button
 * @param {(link: Link | undefined) => void} changed
 */
async function makeLink(conf, guest, button, changed) {
  const answer = await press(button, `/c/${conf}/desk/people/${guest.id}/link`);
  if (!answer?.ok) return;
  changed({ made: new Date(serverNow()).toISOString(), by: '', used: null, ends: answer.data.expires_at });
  secretDialog({
    title: t('{name} 님의 개인 링크', { name: guest.name }),
    secret: answer.data.url,
    words: t('이 링크는 지금만 볼 수 있습니다. 복사해서 본인에게만 보내 주세요.'),
    note: t('{at}까지 몇 번이든 쓸 수 있습니다.', { at: dateTime(answer.data.expires_at, pageData().zone) }),
  });
}

/**
 * @param {string} conf
 * @param {Guest} guest
 * @param {Link} link
 * @param {(link: Link | undefined) => void} changed
 */
function haveDialog(conf, guest, link, changed) {
  const lines = [
    link.made && t('{at}에 만들었습니다.', { at: dateTime(link.made, pageData().zone) }),
    link.used ? t('마지막 사용: {at}', { at: dateTime(link.used, pageData().zone) }) : t('아직 쓰지 않았습니다.'),
    t('{at}까지 쓸 수 있습니다.', { at: dateTime(link.ends, pageData().zone) }),
  ];
  const dialog = open(t('{name} 님의 개인 링크', { name: guest.name }), [
    el('p', null, lines.filter(Boolean).join(' ')),
    el('p', null, t('새 링크를 만들거나 링크를 회수하면 앞의 링크는 끝나고, 그 링크로 들어온 기기도 로그아웃됩니다.')),
  ]);
  const renew = el('button', { type: 'button', class: 'button' }, t('새 링크 만들기'));
  renew.addEventListener('click', () =>
    makeLink(conf, guest, renew, (now) => {
      dialog.close();
      changed(now);
    }),
  );
  const revoke = el('button', { type: 'button', class: 'button', 'data-kind': 'danger' }, t('링크 회수'));
  revoke.addEventListener('click', async () => {
    if (!(await ask({ title: t('{name} 님의 개인 링크를 회수할까요?', { name: guest.name }), action: t('링크 회수') }))) return;
    const answer = await press(revoke, `/c/${conf}/desk/people/${guest.id}/link/revoke`);
    if (!answer?.ok) return;
    dialog.close();
    changed(undefined);
    notify(t('개인 링크를 회수했습니다.'), { kind: 'good' });
  });
  dialog.querySelector('.actions')?.prepend(renew, revoke);
}
