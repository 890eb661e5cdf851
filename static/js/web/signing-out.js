/**
 * Signing out, on every page of this browser: refused while something on it waits to be sent, and with it goes what the browser keeps of the one
 * who signs out.
 */
import { notify } from '#hub/web/announce.js';
import { t } from '#hub/web/i18n.js';

const NAME = 'waits-to-be-sent';
const PAGES = 'screens';
/** What a gate keeps of the server's clock, by conference. */
const GATE = 'checkin-clock:';
/** What a browser keeps of its pairings, by conference. */
const DEVICE = 'device:';
/** Names by which this browser knows that it was at a gate. */
const OF_GATES = [NAME, GATE, DEVICE];
const TICKET = /^\/c\/[^/]+\/me$/;

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
 * Take a form that signs out: it is sent when nothing waits any more and nothing is kept.
 * @param {SubmitEvent} event
 * @returns {Promise<void> | null} null: it is another form
 */
export function takeSignOut(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || new URL(form.action, location.href).pathname !== '/sign-out') return null;
  event.preventDefault();
  return signOut(form);
}

/** @param {HTMLFormElement} form */
async function signOut(form) {
  const count = Object.values(held()).reduce((sum, one) => sum + one, 0);
  if (count > 0) return refuse(count);
  await Promise.all([dropTickets(), forgetRosters()]).catch(() => {});
  form.submit();
}

/** Tickets are kept by the worker of pages (`screens/worker.js`). */
async function dropTickets() {
  const cache = await globalThis.caches?.open(PAGES);
  const kept = (await cache?.keys()) ?? [];
  const tickets = kept.filter(({ url }) => TICKET.test(new URL(url).pathname));
  await Promise.all(tickets.map((request) => cache?.delete(request)));
}

/** Forget what gates of this browser know of guests: nobody is signed in here any more who may. Scans that wait stay. */
async function forgetRosters() {
  const confs = Object.keys(localStorage).flatMap((name) => (name.startsWith(GATE) ? [name.slice(GATE.length)] : []));
  if (confs.length === 0) return;
  const { Vault, pairings } = await import('#hub/checkin/queue/leaving.js');
  const paired = pairings().map(({ conf, device }) => new Vault(conf, device));
  await Promise.all([...confs.map((conf) => new Vault(conf)), ...paired].map((vault) => vault.forgetPeople()));
}

/**
 * Nobody is signed in here: what gates know is forgotten, what an ended device still has is sent by its own key, and what waits for somebody is said.
 * @param {HTMLElement} place where that is said
 */
export async function leaveGates(place) {
  if (!Object.keys(localStorage).some((name) => OF_GATES.some((start) => name.startsWith(start)))) return;
  await forgetRosters();
  const { sendLeftovers, tellWaiting } = await import('#hub/checkin/queue/leaving.js');
  await tellWaiting(place);
  await sendLeftovers();
  await tellWaiting(place);
}

/** @param {number} count */
function refuse(count) {
  notify(t('보내지 못한 스캔이 {n}건 있어 로그아웃할 수 없습니다. 네트워크에 연결해 체크인 화면을 열면 전송합니다.', { n: count }), { kind: 'bad' });
}
