/** What every page does: the server's time as a first estimate, and forms that ask once before they are sent. */
import { ask } from '#hub/ask.js';
import { clock, localNow, toMs } from '#hub/time.js';

const rendered = document.querySelector('meta[name="server-now"]')?.getAttribute('content');
if (rendered) clock.heard({ now: toMs(rendered), at: localNow() });

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return;
  event.preventDefault();
  const action = event.submitter?.textContent?.trim() ?? '';
  if (!(await ask({ title: form.dataset.confirm, action }))) return;
  delete form.dataset.confirm;
  form.requestSubmit(event.submitter);
});
