/** Whether this browser keeps the cookies of this site, and what is said when it does not: nobody can sign in then. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

const PROBE = 'hub-probe';

/** Whether the browser refuses cookies. `navigator.cookieEnabled` stays true in Chromium when they are blocked for a site, so one is tried and taken back. */
export function cookiesRefused() {
  if (!globalThis.document) return false;
  try {
    document.cookie = `${PROBE}=1; Path=/; SameSite=Lax`;
    const kept = document.cookie.split('; ').includes(`${PROBE}=1`);
    document.cookie = `${PROBE}=; Path=/; SameSite=Lax; Expires=Thu, 01 Jan 1970 00:00:00 GMT`;
    return !kept;
  } catch {
    return true;
  }
}

/** What is to be done about it. */
export function cookieWords() {
  return t('쿠키가 차단되어 있어 로그인이 유지되지 않습니다. 브라우저 설정에서 {site}의 쿠키를 허용한 뒤 새로 고쳐 주세요.', { site: location.host });
}

/**
 * Say at the top of `place` that cookies are blocked, if they are, before somebody fills a form in for nothing.
 * @param {Element} place
 */
export function sayRefusedCookies(place) {
  if (!cookiesRefused()) return;
  const again = el('button', { type: 'button', class: 'button small', onclick: () => location.reload() }, t('새로 고침'));
  place.prepend(el('div', { class: 'callout stack tight', id: 'cookies-refused', 'data-kind': 'bad', role: 'alert' }, el('p', null, cookieWords()), el('p', null, again)));
}
