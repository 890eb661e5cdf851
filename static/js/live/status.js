/** The state of the connection, in words, wherever the page has `[data-connection]`. */
import { announce } from '#hub/web/announce.js';
import { cookieWords, cookiesRefused } from '#hub/web/cookies.js';
import { el, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { clockTime, realNow } from '#hub/web/time.js';

/** @typedef {import('#hub/live/link.js').State} State */

const SETTLE_MS = 2_000;
const CURRENT = ['live', 'polling'];

/**
 * Make the `onState` for `connect`. A change is shown at once and said when it has lasted two seconds.
 * @param {{root?: ParentNode, zone?: string}} [options] `zone`: IANA name in which "as of" is written, the viewer's when left out
 * @returns {(state: State) => void}
 */
export function connectionStatus({ root = document, zone } = {}) {
  let asOf = '';
  let said = '';
  /** @type {State} */
  let before = 'connecting';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  return (state) => {
    if (CURRENT.includes(before) && !CURRENT.includes(state)) asOf = clockTime(realNow(), zone);
    before = state;
    const words = wording(state, asOf);
    for (const line of root.querySelectorAll('[data-connection]')) show(line, state, words);
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (said && said !== words) announce(words);
      said = words;
    }, SETTLE_MS);
  };
}

/**
 * @param {State} state
 * @param {string} asOf the time of day up to which the page is right, empty when it never was
 */
export function wording(state, asOf) {
  switch (state) {
    case 'connecting':
      return t('연결하는 중입니다');
    case 'live':
      return t('실시간으로 연결되어 있습니다');
    case 'polling':
      return t('최신 상태입니다 · 실시간 연결 없이 몇 초마다 확인합니다');
    case 'reconnecting':
      return asOf ? t('다시 연결하는 중입니다 · {time} 기준', { time: asOf }) : t('다시 연결하는 중입니다');
    case 'offline':
      return asOf ? t('연결이 끊겼습니다 · {time} 기준 화면입니다', { time: asOf }) : t('서버에 연결할 수 없습니다');
    case 'refused':
      return cookiesRefused() ? cookieWords() : t('로그아웃되었습니다. 계속하려면 로그인해 주세요.');
  }
}

/**
 * @param {Element} line
 * @param {State} state
 * @param {string} words
 */
function show(line, state, words) {
  if (line instanceof HTMLElement) line.dataset.state = state;
  if (state === 'refused') line.replaceChildren(signIn(words));
  else setText(line, words);
}

/**
 * The page itself, asked for by somebody who is not signed in, leads to the sign-in and back.
 * @param {string} words
 */
function signIn(words) {
  return el('a', { href: location.href }, words);
}
