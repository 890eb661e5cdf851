/** A part of a page's script that nobody needs at once: it is loaded when the page has settled, and whoever needs it earlier waits for it. */
import { answered } from '#hub/web/ask.js';
import { backoff, pause } from '#hub/web/backoff.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{fetch: typeof globalThis.fetch, wait: (ms: number) => Promise<void>, drawn: () => Promise<void>, online: () => Promise<void>}} Environment `drawn`: the browser has drawn what there is; `online`: the device has a network again */

const SETTLED_MS = 3_000;
const THERE = 'there';

/** @type {Environment} */
const BROWSER = { fetch: (...args) => globalThis.fetch(...args), wait: pause, drawn, online };

/**
 * Load a part once the page has settled, at the latest after three seconds, or when it is asked for, until it is there. Its files are fetched
 * first, as often as it takes: a browser that could not load a script once may refuse to try again, and takes it from what was fetched.
 * @template Part
 * @param {() => Promise<Part>} load imports it
 * @param {readonly string[]} files the addresses of the files that this loads
 * @param {Promise<void>} settled resolves when the page has all that it needs before
 * @param {Partial<Environment>} [environment]
 * @returns {() => Promise<Part | null>} the part; while it is not there a dialog says so, and it is null when that was closed
 */
export function later(load, files, settled, environment = {}) {
  const { fetch, wait, drawn, online } = { ...BROWSER, ...environment };
  let ask = () => {};
  let miss = () => {};
  /** @type {Promise<void>} */
  const missed = new Promise((resolve) => (miss = resolve));
  /** @returns {Promise<void>} */
  const asked = () => new Promise((resolve) => (ask = resolve));
  /** @type {Part | null} */
  let part = null;
  const bring = async () => {
    await Promise.race([settled.then(drawn), wait(SETTLED_MS), asked()]);
    for (let attempt = 0; ; attempt += 1) {
      try {
        await Promise.all(files.map((file) => fetched(file, fetch)));
        return (part = await load());
      } catch {
        miss();
        await Promise.race([wait(backoff(attempt)), online(), asked()]);
      }
    }
  };
  const coming = bring();
  return async () => {
    ask();
    return part ?? waitFor(coming, missed);
  };
}

/** @returns {Promise<void>} */
function drawn() {
  return new Promise((resolve) => void requestAnimationFrame(() => setTimeout(resolve)));
}

/** @returns {Promise<void>} */
function online() {
  return new Promise((resolve) => globalThis.addEventListener('online', () => resolve(), { once: true }));
}

/**
 * Fetch a file; rejects when it does not come.
 * @param {string} file
 * @param {Environment['fetch']} fetch
 */
async function fetched(file, fetch) {
  const answer = await fetch(file, { priority: 'low' });
  if (!answer.ok) throw new Error(`${answer.status} ${file}`);
  await answer.arrayBuffer();
}

/**
 * Say that something is being loaded, and once that did not work for the first time, why it takes so long. Until it is there or the dialog
 * is closed, keys and clicks mean nothing else, and Enter nothing at all.
 * @template Part
 * @param {Promise<Part>} coming
 * @param {Promise<void>} missed
 * @returns {Promise<Part | null>}
 */
async function waitFor(coming, missed) {
  const words = el('p', { role: 'status' });
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'later-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'later-title', tabindex: -1, autofocus: true }, t('불러오고 있습니다')),
      words,
      el('div', { class: 'actions' }, el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, t('취소'))),
    ),
  );
  void missed.then(() => setText(words, t('아직 불러오지 못했습니다. 네트워크를 확인해 주세요. 연결되는 대로 저절로 열립니다.')));
  void coming.then(() => dialog.close(THERE));
  return (await answered(dialog)) === THERE ? coming : null;
}
