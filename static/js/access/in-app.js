/** The way out of an app's own browser to the person's: the same address, the link's secret in its fragment included. */
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

/**
 * The address that opens a page outside the app.
 * Android reads an intent from the last `#` on, so a fragment before it stays part of the address.
 * @param {string} app
 * @param {string} system
 * @param {string} href
 * @returns {string | null} null where only the app's own menu leads out
 */
export function wayOut(app, system, href) {
  const url = new URL(href);
  if (app === 'kakaotalk') return `kakaotalk://web/openExternal?url=${encodeURIComponent(href)}`;
  if (app === 'line') {
    url.searchParams.set('openExternalBrowser', '1');
    return url.href;
  }
  const rest = href.slice(url.protocol.length);
  if (system === 'android') return `intent:${rest}#Intent;scheme=${url.protocol.slice(0, -1)};action=android.intent.action.VIEW;end`;
  return system === 'ios' && url.protocol === 'https:' ? `x-safari-${href}` : null;
}

/**
 * Show the ways out in the page's notice, where it has one.
 * @param {string} [href] what to open
 * @returns {boolean} whether the page was opened inside an app
 */
export function offerWayOut(href = location.href) {
  const notice = document.querySelector('#in-app');
  const link = notice?.querySelector('#way-out');
  const copy = notice?.querySelector('#copy-link');
  if (!(notice instanceof HTMLElement) || !(link instanceof HTMLAnchorElement) || !(copy instanceof HTMLElement)) return false;
  const out = wayOut(notice.dataset.app ?? '', notice.dataset.system ?? '', href);
  link.hidden = out === null;
  if (out) link.href = out;
  copy.hidden = false;
  copy.addEventListener('click', () => void copyAddress(href));
  return true;
}

/** @param {string} href */
async function copyAddress(href) {
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    if (!copySelected(href)) return notify(t('복사하지 못했습니다. 메시지에 있는 링크를 길게 눌러 복사해 주세요.'), { kind: 'bad' });
  }
  notify(t('복사했습니다.'), { kind: 'good' });
}

/**
 * Browsers inside apps often have no clipboard but this.
 * @param {string} href
 */
function copySelected(href) {
  const field = document.createElement('textarea');
  field.value = href;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
