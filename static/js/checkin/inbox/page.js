/** The inbox of check-in: follows the stream, and settles without leaving the page. */
import '#hub/checkin/off-gate.js';
import { InboxList } from '#hub/checkin/inbox/list.js';
import { whenCalm } from '#hub/checkin/inbox/hands.js';
import { concernsInbox, oneAtATime } from '#hub/checkin/inbox/refreshing.js';
import { settle } from '#hub/checkin/inbox/settling.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { announce } from '#hub/web/announce.js';
import { ask } from '#hub/web/ask.js';
import { need, pageData } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** So many changes at once are said one by one, more are counted. */
const MOST_SAID = 3;

/** @type {{conf: string, zone: string, stream: 'operator' | 'staff'}} */
const { conf, zone, stream } = pageData();
const list = new InboxList(need('#inbox'));
const store = new Store();
const refresh = oneAtATime(read);

connect({ conf, stream, store, onState: connectionStatus({ zone }) });
store.subscribe((changed, entries) => {
  if (entries.length === 0 || concernsInbox(changed, entries)) refresh();
});
whenCalm(() => list.tidy());
need('#inbox').addEventListener('submit', (event) => void send(/** @type {SubmitEvent} */ (event)));

async function read() {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('#inbox');
    if (fresh instanceof HTMLElement) tell(list.take(document.adoptNode(fresh)));
  } catch {
    // the network is away: the line above the list says so, and the list stays as it was
  }
}

/** @param {{came: string[], went: string[]}} changes */
function tell({ came, went }) {
  if (came.length > MOST_SAID) announce(t('확인할 일이 {n}건 생겼습니다.', { n: came.length }));
  else for (const words of came) announce(t('확인할 일 · {words}', { words }));
  if (went.length > MOST_SAID) announce(t('확인할 일 {n}건이 처리되었습니다.', { n: went.length }));
  else for (const words of went) announce(words);
}

/** @param {SubmitEvent} event */
async function send(event) {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
  const id = form.dataset.settle;
  if (id === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const title = submitter.dataset.confirm;
  if (title && !(await ask({ title, action: submitter.textContent?.trim() ?? '' }))) return;
  const word = /** @type {HTMLInputElement} */ (need('input[name=word]', form));
  if (await settle(submitter, { conf, id, how: submitter.value, word: word.value })) word.value = '';
  refresh();
}
