/** The desk's guest list: who is in, picking several, badges, personal links. */
import { badgeDialog, linkDialog } from '#hub/checkin/guest-dialogs.js';
import { el, need, pageData, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { clockBeside, dateTime, serverNow } from '#hub/web/time.js';

/** @type {{conf: string, zone: string, links: Record<string, import('#hub/checkin/guest-dialogs.js').Link | undefined>}} */
const { conf, zone, links } = pageData();
const store = new Store();
const list = document.querySelector('#guests');
const rows = /** @type {HTMLElement[]} */ ([...(list?.children ?? [])]);
const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="pick"]')]);
const whole = /** @type {HTMLInputElement | null} */ (document.querySelector('#pick-page'));
const every = /** @type {HTMLInputElement | null} */ (document.querySelector('#every'));

connect({ conf, stream: 'operator', store, onState: connectionStatus({ zone }) });
store.subscribe((changed) => {
  for (const row of rows) if (changed.has(`guest/${row.dataset.guest}`)) draw(row);
  drawCounts();
});
need('#filters').addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement) target.form?.requestSubmit();
});
list?.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const row = /** @type {HTMLElement | null} */ (button?.closest('tr') ?? null);
  if (!button || !row) return;
  const guest = { id: row.dataset.guest ?? '', name: row.dataset.name ?? '' };
  if (button.dataset.do === 'badge') badgeDialog(conf, guest, store.get(`guest/${guest.id}`));
  else void linkDialog(conf, guest, button, links[guest.id], (link) => {
    links[guest.id] = link;
    drawLink(row);
  });
});
if (whole) {
  whole.hidden = false;
  whole.addEventListener('change', () => boxes.forEach((box) => (box.checked = whole.checked)));
}
every?.addEventListener('change', () => boxes.forEach((box) => (box.disabled = every.checked)));
rows.forEach(drawLink);

/** @param {HTMLElement} row Say beside the button whether the guest has a personal link, and its last use. */
function drawLink(row) {
  const link = links[row.dataset.guest ?? ''];
  const words = link?.used ? t('마지막 사용: {at}', { at: dateTime(link.used, zone) }) : t('링크 있음');
  row.querySelector('[data-link]')?.remove();
  if (link) need('[data-do="link"]', row).after(el('small', { class: 'quiet', 'data-link': true }, ` ${words}`));
}

/** @param {HTMLElement} row */
function draw(row) {
  const guest = store.get(`guest/${row.dataset.guest}`);
  if (!guest) return;
  row.dataset.mode = guest.mode;
  setText(need('[data-mode-words]', row), need(`#mode-labels [data-mode="${guest.mode}"]`).textContent ?? '');
  need('[data-presence]', row).replaceChildren(...standing(guest));
}

/** @param {import('#hub/live/documents.js').GuestDoc} guest */
function standing(guest) {
  const mark = (/** @type {string} */ words, /** @type {string} */ kind) => el('span', { class: 'badge', 'data-kind': kind }, words);
  const at = guest.since ? el('time', { class: 'quiet small' }, ` ${clockBeside(guest.since, serverNow(), zone)}`) : '';
  if (guest.inside) return [mark(t('입장'), 'good'), at];
  if (guest.remote_connected) return [mark(t('온라인 접속'), 'good'), at];
  return guest.first ? [mark(t('퇴장'), 'open'), at] : [];
}

function drawCounts() {
  const counts = store.get('presence');
  if (!counts) return;
  setText(need('#count-expected'), String(counts.expected));
  setText(need('#count-inside'), String(counts.inside));
  setText(need('#count-remote'), String(counts.remote));
}
