/**
 * What every page does: take the server's time as a first estimate, scroll the navigation to this page's link, and ask
 * before a form with `data-confirm` is sent.
 */
import { ask } from '#hub/web/ask.js';
import { clock, localNow, toMs } from '#hub/web/time.js';

const rendered = document.querySelector('meta[name="server-now"]')?.getAttribute('content');
if (rendered) clock.heard({ now: toMs(rendered), at: localNow() });

for (const here of document.querySelectorAll('.site-nav [aria-current]')) {
  const list = here.closest('ul');
  const hidden = here.getBoundingClientRect().right - (list?.getBoundingClientRect().right ?? Infinity);
  if (list && hidden > 0) list.scrollLeft += hidden + parseFloat(getComputedStyle(list).paddingInlineEnd);
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return;
  event.preventDefault();
  const action = event.submitter?.textContent?.trim() ?? '';
  if (!(await ask({ title: form.dataset.confirm, action }))) return;
  delete form.dataset.confirm;
  form.requestSubmit(event.submitter);
});
