/** The desk's page of the team: making links and tokens, and taking back what was given out. */
import { notify } from '#hub/web/announce.js';
import { ask } from '#hub/web/ask.js';
import { secretDialog } from '#hub/web/dialog.js';
import { el, need, pageData } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { dateTime } from '#hub/web/time.js';

/** @type {{base: string, zone: string}} */
const { base, zone } = pageData();

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-make]'))) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void make(form);
  });
}
need('#main').addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button?.dataset.revoke) void revoke(button);
});

/** @param {HTMLFormElement} form */
async function make(form) {
  const { role, name } = Object.fromEntries(new FormData(form));
  const answer = await press(need('button', form), `${base}/${form.dataset.make}`, { role, name: String(name).trim() || null });
  if (!answer?.ok) return explain(form, answer);
  const isLink = form.dataset.make === 'links';
  const dialog = secretDialog({
    title: isLink ? t('일회용 로그인 링크') : t('기계용 토큰'),
    secret: answer.data.secret,
    words: t('지금만 볼 수 있습니다. 복사해서 쓸 사람에게만 보내 주세요.'),
    note: isLink ? t('{at}까지 한 번 쓸 수 있습니다.', { at: dateTime(answer.data.expires_at, zone) }) : t('회수할 때까지 쓸 수 있습니다.'),
  });
  dialog.addEventListener('close', () => location.reload());
}

/**
 * Show a refusal at the field that it is about; what was typed stays.
 * @param {HTMLFormElement} form
 * @param {import('#hub/web/commands.js').Answer | null} refused
 */
function explain(form, refused) {
  const input = form.elements.namedItem(refused?.data?.error?.field ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  input.setCustomValidity(refused?.message ?? '');
  input.addEventListener('input', () => input.setCustomValidity(''), { once: true });
  input.reportValidity();
}

/** @param {HTMLButtonElement} button */
async function revoke(button) {
  const words = button.firstChild?.textContent ?? '';
  if (!(await ask({ title: button.dataset.question ?? '', action: words }))) return;
  const answer = await press(button, `${base}/${button.dataset.revoke}/revoke`);
  if (!answer?.ok) return;
  const row = /** @type {HTMLElement} */ (button.closest('tr'));
  need('[data-state]', row).replaceChildren(el('span', { class: 'badge', 'data-kind': 'bad' }, t('회수됨')));
  notify(t('{name}: 회수했습니다.', { name: need('th', row).firstChild?.textContent ?? '' }), { kind: 'good' });
  const next = /** @type {HTMLElement | null} */ (row.nextElementSibling?.querySelector('button') ?? null);
  button.remove();
  (next ?? need('#main')).focus();
}
