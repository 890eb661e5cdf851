/**
 * What every page does: take the server's time as a first estimate, scroll the navigation to this page's link, ask
 * before a form is sent that has `data-confirm`, itself or at the button that sends it, send each form once, and say when cookies
 * are blocked where there is a form to send.
 */
import { ask } from '#hub/web/ask.js';
import { sayRefusedCookies } from '#hub/web/cookies.js';
import { need } from '#hub/web/dom.js';
import { checkFileSize } from '#hub/web/file-size.js';
import { sendAgain, sendOnce } from '#hub/web/send-once.js';
import { leaveGates, takeSignOut } from '#hub/web/signing-out.js';
import { clock, localNow, toMs } from '#hub/web/time.js';

const rendered = document.querySelector('meta[name="server-now"]')?.getAttribute('content');
if (rendered) clock.heard({ now: toMs(rendered), at: localNow() });

showWhere();
document.fonts.ready.then(showWhere); // the letters of a font that was waited for are wider, or narrower

/** Scroll each navigation so that the link to this page is seen whole. */
function showWhere() {
  for (const here of document.querySelectorAll(':is(.site-nav, .desk-nav) [aria-current]')) {
    const list = here.closest('ul');
    const hidden = here.getBoundingClientRect().right - (list?.getBoundingClientRect().right ?? Infinity);
    if (list && hidden > 0) list.scrollLeft += hidden + parseFloat(getComputedStyle(list).paddingInlineEnd);
  }
}

/** @type {WeakSet<HTMLFormElement>} forms whose question was answered with yes, until they are sent */
const confirmed = new WeakSet();

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (takeSignOut(event)) return;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || confirmed.delete(form)) {
    sendOnce(event);
    return;
  }
  event.preventDefault();
  const action = event.submitter?.textContent?.trim() ?? '';
  if (!(await ask({ title: question, action }))) return;
  confirmed.add(form);
  form.requestSubmit(event.submitter);
});
document.addEventListener('change', checkFileSize);
addEventListener('pageshow', sendAgain);
if (document.querySelector('main form:is([method=post], [data-signs-in])')) sayRefusedCookies(need('main'));
const waiting = location.pathname === '/sign-in' && document.getElementById('scans-waiting');
if (waiting) void leaveGates(waiting).catch(() => {});
