/** What a card of the gate shows for a scan, whatever its phase: colour, sound, words, the person, and what staff may do about it. */
import { listedParty, outside, partyWords, toldParty } from '#hub/checkin/party.js';
import { LATE_MS } from '#hub/checkin/queue/scan.js';
import { conflictWords, details, saying, verdictOf, wordsAt } from '#hub/checkin/verdict-words.js';
import { t, text } from '#hub/web/i18n.js';
import { clockTime } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/verdict-words.js').Saying} Saying */
/** @typedef {import('#hub/checkin/verdict-words.js').Tone} Tone */
/** @typedef {import('#hub/checkin/verdict-words.js').Verdict} Verdict */
/** @typedef {import('#hub/checkin/signals.js').Sound} Sound */
/** @typedef {'seen' | 'admit' | 'force' | 'looked' | 'switch' | 'find' | 'settle' | 'signIn' | 'party'} Act */
/**
 * @typedef {{verdict: string, acted: 'admitted' | 'held' | 'refused', as_of: string, counts?: boolean, first?: {at: string} | null,
 *   person?: {guest?: string, masked: string | null, label?: import('#hub/web/i18n.js').Text | null, group?: {label: import('#hub/web/i18n.js').Text} | null, seat?: string | null, needs_look?: string | null} | null,
 *   party?: import('#hub/checkin/party.js').Listed[]}} Local
 *   what the device answered from its own list; `counts`: where people are only counted; `party`: who else comes with the person
 */
/**
 * @typedef {{id: string, phase: string, body: Record<string, unknown>, answer: {ok: boolean, status: number, message: string, data: any} | null,
 *   local?: Local | null, recovered?: boolean, made?: number}} Scan `recovered`: an earlier page made it; `made`: when, by this device's clock (ms)
 */
/**
 * @typedef {{tone: Tone, sound: Sound | null, verdict: string, title: string, name: string, masked: string, why: string, lines: [string, string][],
 *   acts: Act[], kept: boolean, open: boolean, about: string, conflict: string | null, lastsMs: number | null}} Face
 *   `about`: whom and what it says; `masked`: the name as it may stay on the screen; `conflict`: the id of the one that waits; `lastsMs`: how long it stands, null until something else takes its place
 */

const GOOD_MS = 5_000;
/** Somebody reads out where a recipient goes, or what a guest needs. */
const READ_MS = 9_000;
const SIGNED_OUT = 401;

/**
 * @typedef {{search: boolean, paired: boolean, late?: boolean}} Circumstances whether this device may look for names, whether it was paired instead of
 *   signed in, and whether the answer is of a scan of some time ago
 */

/** @type {Circumstances} */
const SUPERVISOR = { search: true, paired: false };

/**
 * @param {Scan} scan
 * @param {string} zone IANA name of the event's zone
 * @param {Circumstances} [here]
 * @returns {Face}
 */
export function faceOf(scan, zone, here = SUPERVISOR) {
  const verdict = verdictOf(scan);
  if (verdict) return answered(scan, verdict, { zone, ...here });
  if (scan.phase === 'local' && scan.local) return local(scan, scan.local, zone);
  if (scan.phase === 'quarantined') return kept(scan, { tone: 'warn', title: t('확인 대기'), why: t('연결이 끝난 기기의 스캔입니다. 담당자가 확인할 때까지 반영되지 않습니다.') });
  if (scan.phase === 'refused') return refused(scan, here);
  if (scan.phase === 'sending') return waiting(scan, { tone: 'wait', title: t('확인하는 중'), why: '' }, null);
  return waiting(scan, { tone: 'wait', title: t('확인되지 않음'), why: t('서버에 닿지 않아 다시 보내고 있습니다. 답이 올 때까지 통과시키지 마세요.') }, 'wait');
}

/**
 * When a scan happened (ISO 8601), by the server's clock once it answered.
 * @param {Scan} scan
 * @returns {string}
 */
export function timeOf(scan) {
  return verdictOf(scan)?.at?.used ?? String(scan.body.at);
}

/**
 * Whether the answer only confirms what this device did before it asked: nobody has to look.
 * @param {Scan} scan
 */
export function onlyConfirms(scan) {
  const verdict = verdictOf(scan);
  if (!verdict || verdict.conflict) return false;
  const good = verdict.verdict === 'admitted' || verdict.verdict === 'left';
  const acted = scan.local?.acted ?? scan.body.acted;
  return acted === 'admitted' ? good : acted === 'refused' && !good;
}

/**
 * @param {Scan} scan
 * @param {Verdict} verdict
 * @param {{zone: string} & Circumstances} here
 */
function answered(scan, verdict, { zone, search, late = false }) {
  const said = saying(verdict, zone, timeOf(scan), search);
  const { person, conflict } = verdict;
  const about = `${verdict.verdict} ${person?.guest ?? scan.body.token}`;
  const who = { name: text(person?.name), masked: person?.masked ?? text(person?.name), lines: person ? details(person, wordsAt(scan)) : [] };
  if (conflict) return { ...kept(scan, { ...said, tone: 'warn', title: conflictTitle(said.title), why: conflictWords(conflict, zone) }), ...who, verdict: verdict.verdict, about: `conflict ${conflict.id}`, conflict: conflict.id, acts: /** @type {Act[]} */ (conflict.open === false ? ['seen'] : ['seen', 'settle']) };
  if (verdict.undone) return { ...kept(scan, { tone: 'warn', title: t('되돌린 스캔'), why: t('이 스캔은 되돌렸습니다. 필요하면 다시 스캔해 주세요.') }), ...who, verdict: 'undone', about };
  if (verdict.held && verdict.verdict === 'left') return { ...kept(scan, { tone: 'warn', title: t('퇴장으로 남기지 않음'), why: t('기다려 달라고 한 분입니다. 나가셨다면 다시 스캔해 주세요.') }), ...who, verdict: 'held', about: `held ${about}` };
  if (verdict.held && said.tone === 'good') return { ...kept(scan, { tone: 'warn', ...wordsAt(scan).waited() }), ...who, verdict: 'held', about: `held ${about}`, acts: /** @type {Act[]} */ (['seen', 'admit']) };
  if (late && verdict.verdict === 'admitted' && waited(scan)) return { ...kept(scan, { tone: 'warn', ...wordsAt(scan).late(clockTime(String(scan.body.at), zone)) }), ...who, verdict: verdict.verdict, about };
  if (said.tone === 'good') return { ...good(scan, said, person), ...who, verdict: verdict.verdict, about };
  return { ...kept(scan, said), ...who, verdict: verdict.verdict, about, acts: acts(verdict) };
}

/** @param {string} title of the verdict */
function conflictTitle(title) {
  return t('{verdict} · 확인 필요', { verdict: title });
}

/**
 * @param {Scan} scan
 * @param {Saying} said
 * @param {Verdict['person']} person
 * @returns {Face}
 */
function good(scan, said, person) {
  const acts = leaves(scan) ? [] : partyActs(toldParty(person));
  const lastsMs = person?.needs || person?.calls.length || acts.length ? READ_MS : GOOD_MS;
  return { ...bare(scan), ...said, sound: leaves(scan) ? 'left' : 'good', acts, lastsMs };
}

/**
 * What may be done for the others of somebody who came in.
 * @param {import('#hub/checkin/party.js').Companion[]} company
 * @returns {Act[]}
 */
function partyActs(company) {
  return outside(company).length > 0 ? ['party'] : [];
}

/**
 * @param {Verdict} verdict
 * @returns {Act[]}
 */
function acts(verdict) {
  /** @type {Act[]} */
  const able = ['seen'];
  if (verdict.verdict === 'revoked' || verdict.verdict === 'unknown_badge') able.push('find');
  if (verdict.may_force) able.push(verdict.verdict === 'needs_look' ? 'looked' : 'force');
  if (verdict.may_switch) able.push('switch');
  return able;
}

/**
 * @param {Scan} scan
 * @param {Local} local
 * @param {string} zone
 * @returns {Face}
 */
function local(scan, { verdict, acted, as_of, first, person, party }, zone) {
  const asOf = clockTime(as_of, zone);
  const company = listedParty(party);
  const named = verdict === 'known' && scan.body.guest !== undefined;
  const said = { ...localSaying(wordsAt(scan), { verdict, acted, asOf, before: first ? clockTime(first.at, zone) : '' }), ...(named && { title: namedTitle(acted) }) };
  /** @type {[string, string][]} */
  const lines = [[t('구분'), text(person?.group?.label) || text(person?.label)], [t('좌석'), person?.seat ?? ''], [t('일행'), partyWords(company, wordsAt(scan))]];
  const who = { name: person?.masked ?? '', masked: person?.masked ?? '', lines: lines.filter(([, words]) => words) };
  const about = `${verdict} ${scan.body.token ?? scan.body.guest}`;
  if (verdict === 'known' && leaves(scan) && acted === 'admitted') return { ...bare(scan), ...leaving(named), ...who, verdict, about, sound: 'left', lastsMs: GOOD_MS };
  if (said.tone !== 'local') return { ...kept(scan, said), ...who, verdict, about };
  if (acted === 'held') return { ...bare(scan), ...said, ...who, verdict, about, sound: 'local', kept: true, acts: ['seen'], lastsMs: null };
  const acts = partyActs(company);
  return { ...bare(scan), ...said, ...who, verdict, about, sound: 'local', acts, lastsMs: acts.length > 0 ? READ_MS : GOOD_MS };
}

/**
 * Staff named somebody, who showed no badge.
 * @param {Local['acted']} acted
 */
function namedTitle(acted) {
  return acted === 'held' ? t('명단에 있는 분 · 기다려 주세요') : t('명단에 있는 분');
}

/**
 * Whether an answer of the server comes to a scan of some time ago: the person does not stand here any more.
 * @param {Scan} scan
 * @param {number} now by this device's clock (ms since 1970)
 */
export function isLate(scan, now) {
  return !['sending', 'retrying', 'local'].includes(scan.phase) && (scan.recovered === true || now - (scan.made ?? now) > LATE_MS);
}

/**
 * Whether the person was asked to wait until the server answers: this device let nobody in by itself.
 * @param {Scan} scan
 */
function waited(scan) {
  return !scan.local && scan.body.acted === undefined;
}

/** @param {Scan} scan */
export function leaves(scan) {
  return scan.body.direction === 'out';
}

/**
 * To somebody who goes out while the server cannot be asked.
 * @param {boolean} named by staff, without a badge
 * @returns {Saying}
 */
function leaving(named) {
  return { tone: 'local', title: named ? t('명단에 있는 분 · 퇴장') : t('등록된 명찰 · 퇴장'), why: t('나가셔도 됩니다. 네트워크가 돌아오면 확정합니다.') };
}

/**
 * @param {import('#hub/checkin/words/vocabulary.js').Vocabulary} words
 * @param {{verdict: string, acted: Local['acted'], asOf: string, before: string}} answer `asOf`: time of day of the device's list; `before`: when this device had the badge before
 * @returns {Saying}
 */
function localSaying(words, { verdict, acted, asOf, before }) {
  switch (verdict) {
    case 'known':
      return { tone: 'local', title: acted === 'held' ? t('등록된 명찰 · 기다려 주세요') : t('등록된 명찰'), why: words.known(acted) };
    case 'revoked':
      return { tone: 'bad', title: t('쓸 수 없는 명찰'), why: t('새 명찰을 발급했거나 취소했습니다. ({at} 명단)', { at: asOf }) };
    case 'cancelled':
      return { tone: 'bad', title: t('취소된 참석자의 명찰'), why: t('명단에서 빠졌거나 참석을 취소한 분입니다. ({at} 명단)', { at: asOf }) };
    case 'wrong_gate':
      return { tone: 'warn', title: t('다른 출입구'), why: t('이 출입구로 들어가는 분이 아닙니다. ({at} 명단)', { at: asOf }) };
    case 'mode_mismatch':
      return { tone: 'warn', title: t('참석 방식이 다름'), why: t('현장 참석자가 아닙니다. ({at} 명단)', { at: asOf }) };
    case 'needs_look':
      return { tone: 'warn', title: t('확인이 필요합니다'), why: t('주최 측이 확인을 부탁한 분입니다.') };
    case 'already_scanned':
    case 'scanned_here':
      return { tone: 'warn', title: t('이미 스캔함'), why: t('{at}에 이 기기에서 통과한 분입니다.', { at: before }) };
    case 'not_yet_open':
      return { tone: 'warn', title: words.notYetOpen(), why: t('이 기기의 {at} 명단에 따른 시간입니다.', { at: asOf }) };
    case 'closed':
      return { tone: 'warn', title: words.closed(), why: t('이 기기의 {at} 명단에 따른 시간입니다.', { at: asOf }) };
    default:
      return { tone: 'bad', title: t('이 기기의 명단에 없음'), why: t('{at} 명단 기준입니다. 새로 받은 명찰이면 안내 데스크로 안내해 주세요.', { at: asOf }) };
  }
}

/**
 * @param {Scan} scan a request that the server would not take
 * @param {Circumstances} here
 * @returns {Face}
 */
function refused(scan, { paired }) {
  if (scan.answer?.status !== SIGNED_OUT) return kept(scan, { tone: 'bad', title: t('처리 실패'), why: scan.answer?.message ?? '' });
  return { ...kept(scan, { tone: 'bad', title: t('로그아웃됨'), why: paired ? t('이 스캔은 확인되지 않았습니다. 기기를 다시 연결한 뒤 스캔해 주세요.') : t('이 스캔은 확인되지 않았습니다. 로그인한 뒤 다시 스캔해 주세요.') }), acts: ['seen', 'signIn'] };
}

/**
 * @param {Scan} scan
 * @param {Saying} said
 * @param {Sound | null} sound
 * @returns {Face}
 */
function waiting(scan, said, sound) {
  return { ...bare(scan), ...said, sound, open: true };
}

/**
 * @param {Scan} scan
 * @param {Saying} said
 * @returns {Face}
 */
function kept(scan, said) {
  return { ...bare(scan), ...said, sound: said.tone === 'bad' ? 'bad' : 'warn', kept: true, acts: ['seen'] };
}

/**
 * @param {Scan} scan
 * @returns {Face}
 */
function bare(scan) {
  return {
    tone: 'idle', sound: null, verdict: scan.phase, title: '', name: '', masked: '', why: '', lines: [], acts: [],
    kept: false, open: false, about: `${scan.phase} ${scan.id}`, conflict: null, lastsMs: null,
  };
}
