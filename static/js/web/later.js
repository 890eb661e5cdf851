/** A part of a page's script that nobody needs in its first seconds: it is loaded after the page, and whoever needs it earlier waits for it. */
import { answered } from '#hub/web/ask.js';
import { backoff, pause } from '#hub/web/backoff.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {{fetch: typeof globalThis.fetch, wait: (ms: number) => Promise<void>}} Environment */

const SETTLED_MS = 3_000;
const THERE = 'there';

/** @type {Environment} */
const BROWSER = { fetch: (...args) => globalThis.fetch(...args), wait: pause };

/**
 * Load a part once the page is settled or when it is asked for, until it is there. Its files are fetched first, as often as it takes: a
 * browser that could not load a script once may refuse to try again, and takes it from what was fetched.
 * @template Part
 * @param {() => Promise<Part>} load imports it
 * @param {readonly string[]} files the addresses of the files that this loads
 * @param {Partial<Environment>} [environment]
 * @returns {() => Promise<Part | null>} the part; while it is not there a dialog says so, and it is null when that was closed
 */
export function later(load, files, environment = {}) {
  const { fetch, wait } = { ...BROWSER, ...environment };
  let ask = () => {};
  /** @type {Promise<void>} */
  const asked = new Promise((resolve) => (ask = resolve));
  /** @type {Part | null} */
  let part = null;
  const coming = Promise.race([wait(SETTLED_MS), asked])
    .then(() => Promise.all(files.map((file) => fetched(file, { fetch, wait }))))
    .then(load)
    .then((found) => (part = found));
  return async () => {
    ask();
    return part ?? waitFor(coming);
  };
}

/**
 * Fetch a file until it is there.
 * @param {string} file
 * @param {Environment} environment
 */
async function fetched(file, { fetch, wait }) {
  for (let attempt = 0; ; attempt += 1) {
    const there = await fetch(file).then(async (answer) => answer.ok && (await answer.arrayBuffer(), true), () => false);
    if (there) return;
    await wait(backoff(attempt));
  }
}

/**
 * Say that something is being loaded. Until it is there or the dialog is closed, keys and clicks mean nothing else, and Enter nothing at all.
 * @template Part
 * @param {Promise<Part>} coming
 * @returns {Promise<Part | null>}
 */
async function waitFor(coming) {
  const dialog = el(
    'dialog',
    { class: 'ask', 'aria-labelledby': 'later-title' },
    el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'later-title', tabindex: -1, autofocus: true }, t('불러오고 있습니다')),
      el('p', null, t('네트워크가 끊겼으면 다시 연결되는 대로 열립니다.')),
      el('div', { class: 'actions' }, el('button', { class: 'button', value: '', 'data-kind': 'quiet' }, t('취소'))),
    ),
  );
  void coming.then(() => dialog.close(THERE));
  return (await answered(dialog)) === THERE ? coming : null;
}
