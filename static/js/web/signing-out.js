/** Signing out is refused, on every page of this browser, while something on it waits to be sent. */
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

const NAME = 'waits-to-be-sent';

/** @returns {Record<string, number>} how much waits, by what */
function held() {
  return JSON.parse(localStorage.getItem(NAME) ?? '{}');
}

/**
 * Say how many things of a kind wait; with 0 they do not stand in the way any more.
 * @param {string} kind
 * @param {number} count
 */
export function holdSignOut(kind, count) {
  const { [kind]: before = 0, ...others } = held();
  if (before !== count) localStorage.setItem(NAME, JSON.stringify(count > 0 ? { ...others, [kind]: count } : others));
}

/**
 * Refuse a form that signs out while something waits.
 * @param {SubmitEvent} event
 */
export function refuseSignOut(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== '/sign-out') return;
  const count = Object.values(held()).reduce((sum, one) => sum + one, 0);
  if (count === 0) return;
  event.preventDefault();
  notify(t('보내지 못한 스캔이 {n}건 있어 로그아웃할 수 없습니다. 네트워크에 연결해 체크인 화면을 열면 전송합니다.', { n: count }), { kind: 'bad' });
}
