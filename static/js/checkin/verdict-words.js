/** What the gate's screen says to an answer: a colour, a sign and words that need no colour. */
import { partyWords, toldParty } from '#hub/checkin/party.js';
import { vocabularyOf } from '#hub/checkin/words/vocabulary.js';
import { t, text } from '#hub/web/i18n.js';
import { clockBeside, clockTime, dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/web/i18n.js').Text} Text */
/** @typedef {import('#hub/web/time.js').Instant} Instant */
/** @typedef {import('#hub/live/documents.js').FirstDoc} First */
/** @typedef {import('#hub/live/documents.js').PersonDoc & {look?: string | null}} Person `look`: what organisers want looked at */
/** @typedef {'good' | 'warn' | 'bad' | 'wait' | 'local' | 'idle'} Tone `local`: known to this device, not yet confirmed by the server */
/** @typedef {{tone: Tone, title: string, why: string}} Saying */
/**
 * @typedef {'admitted' | 'left' | 'already_inside' | 'not_inside' | 'unknown_badge' | 'other_conference' | 'cancelled' | 'revoked'
 *   | 'wrong_gate' | 'mode_mismatch' | 'not_yet_open' | 'closed' | 'needs_look' | 'already_counted' | 'turned_away' | 'quarantined'} Code as in docs/decisions/0019
 */
/** @typedef {{conference?: Text | null, reissued?: boolean, gates?: {title: Text}[], opens_at?: string, closes_at?: string, note?: string | null, reentry?: string, left_at?: string}} Details the values behind a verdict */
/** @typedef {{at: string, gate_title?: Text | null, device?: string | null}} Elsewhere the other admission of a conflict */
/**
 * @typedef {{scan_id: string, verdict: Code, may_force: boolean, may_undo: boolean, may_switch?: boolean, person?: Person, first?: First | null,
 *   revoked_at?: string, forced?: boolean, over?: string[], again?: boolean, reason?: string, details?: Details | null,
 *   conflict?: {id: string, kind: string, open?: boolean, other?: Elsewhere | null} | null, held?: boolean, undone?: boolean, at?: {used: string}, door?: boolean}} Verdict
 *   `door`: false where people are only counted; `held`: the device asked the person to wait, and they may come in now; `undone`: taken back since
 */

/**
 * @param {Verdict} answer
 * @param {string} zone IANA name of the event's zone
 * @param {Instant} at when it was scanned
 * @param {boolean} [search] whether this device may look for names
 * @returns {Saying}
 */
export function saying(answer, zone, at, search = true) {
  const details = answer.details ?? {};
  const words = vocabularyOf(answer.door === false);
  switch (answer.verdict) {
    case 'admitted':
      return { tone: 'good', ...words.admitted(answer, zone, at) };
    case 'left':
      return { tone: 'good', ...words.left(answer) };
    case 'already_inside':
      return { tone: 'warn', title: t('이미 입장'), why: details.left_at ? t('{at}에 나갔습니다. 이 문으로는 한 번만 들어옵니다.', { at: clockBeside(details.left_at, at, zone) }) : first(answer.first, zone, at) };
    case 'turned_away':
      return { tone: 'warn', ...words.turnedAway() };
    case 'quarantined':
      return { tone: 'warn', title: t('확인 대기'), why: t('담당자가 확인할 때까지 반영되지 않습니다.') };
    case 'already_counted':
      return { tone: 'warn', title: t('이미 확인함'), why: countedBefore(answer.first, zone, at) };
    case 'not_inside':
      return { tone: 'warn', ...words.notInside() };
    case 'needs_look':
      return { tone: 'warn', title: t('확인이 필요합니다'), why: details.note ?? answer.person?.look ?? t('주최 측이 확인을 부탁한 분입니다.') };
    case 'wrong_gate':
      return { tone: 'warn', title: t('다른 출입구'), why: otherGates(details.gates) };
    case 'mode_mismatch':
      return { tone: 'warn', title: t('참석 방식이 다름'), why: t('{mode} 참석으로 등록한 분입니다.', { mode: text(answer.person?.mode.label) }) };
    case 'not_yet_open':
      return { tone: 'warn', title: words.notYetOpen(), why: doors(details, zone) };
    case 'closed':
      return { tone: 'warn', title: words.closed(), why: doors(details, zone) };
    case 'revoked':
      return { tone: 'bad', title: t('쓸 수 없는 명찰'), why: details.reissued ? t('새 명찰을 받은 분입니다. 새 명찰을 스캔해 주세요.') : search ? t('새 명찰을 발급했거나 취소했습니다. 이름으로 찾아 주세요.') : t('새 명찰을 발급했거나 취소했습니다. 담당자에게 안내해 주세요.') };
    case 'cancelled':
      return { tone: 'bad', title: t('취소된 참석자의 명찰'), why: t('명단에서 빠졌거나 참석을 취소한 분입니다.') };
    case 'other_conference':
      return { tone: 'bad', title: t('다른 행사의 명찰'), why: text(details.conference) };
    case 'unknown_badge':
      return { tone: 'bad', title: t('등록되지 않은 명찰'), why: search ? t('이 행사의 명찰이 아닙니다. 이름으로 찾아 주세요.') : t('이 행사의 명찰이 아닙니다. 담당자에게 안내해 주세요.') };
    default:
      return { tone: 'bad', title: t('담당자에게 물어보세요'), why: answer.reason ?? t('이 화면이 모르는 판정입니다. 화면을 새로 고쳐 주세요.') };
  }
}

/**
 * The verdict on a scan; null while there is none, and for a refused request.
 * @param {{phase: string, answer: {data: any} | null}} scan
 * @returns {Verdict | null}
 */
export function verdictOf(scan) {
  return scan.phase === 'confirmed' ? (scan.answer?.data ?? null) : null;
}

/**
 * The words of the place where a scan was made, as far as that is known: the answer, or the device's list, says so.
 * @param {{phase: string, answer: {data: any} | null, local?: {counts?: boolean} | null}} scan
 */
export function wordsAt(scan) {
  const verdict = verdictOf(scan);
  return vocabularyOf(verdict ? verdict.door === false : scan.local?.counts === true);
}

/**
 * The lines about a person below the verdict, what staff act on first: what it is, and what to read.
 * @param {Person} person
 * @param {import('#hub/checkin/words/vocabulary.js').Vocabulary} [words] of the place where it was asked who is inside; left out: the hall
 * @returns {[string, string][]}
 */
export function details(person, words = vocabularyOf(false)) {
  /** @type {[string, string][]} */
  const lines = [
    [t('구분'), [text(person.group?.label), text(person.role)].filter(Boolean).join(' · ')],
    [t('좌석'), person.seat ?? ''],
    [t('일행'), partyWords(toldParty(person), words)],
    [t('수상 장소'), calls(person.calls)],
    [t('도움'), person.needs ?? ''],
    [t('입장 전 확인'), person.look ?? ''],
    [t('참석 방식'), person.mode.id === 'onsite' ? '' : text(person.mode.label)],
    [t('소속'), person.organisation ?? ''],
  ];
  return lines.filter(([, words]) => words);
}

/** @param {Person['calls']} list */
function calls(list) {
  return list.map((call) => {
    const where = [text(call.lane), text(call.room)].filter(Boolean).join(' · ');
    return call.order === null ? where : t('{order}번째 · {cue} ({lane})', { cue: text(call.cue), order: call.order, lane: where });
  }).join(', ');
}

/**
 * When and where somebody first came in, and who scanned them.
 * @param {First | null | undefined} moment
 * @param {string} zone
 * @param {Instant} scannedAt
 */
function first(moment, zone, scannedAt) {
  if (!moment) return '';
  const at = clockBeside(moment.at, scannedAt, zone);
  if (!moment.gate_title) return t('{at} 개인 링크로 접속', { at });
  return [t('{at} {where}에서 입장', { at, where: text(moment.gate_title) }), moment.device].filter(Boolean).join(' · ');
}

/**
 * When, where and by whom a badge was counted before, at a point that moves nobody.
 * @param {First | null | undefined} moment
 * @param {string} zone
 * @param {Instant} scannedAt
 */
function countedBefore(moment, zone, scannedAt) {
  return moment ? [clockBeside(moment.at, scannedAt, zone), text(moment.gate_title), moment.device].filter(Boolean).join(' · ') : '';
}

/** @param {Details['gates']} gates where the person may go in */
function otherGates(gates = []) {
  if (gates.length === 0) return t('이 출입구로 들어가는 분이 아닙니다.');
  return t('이분의 출입구: {gates}', { gates: gates.map(({ title }) => text(title)).join(', ') });
}

/**
 * @param {{opens_at?: string, closes_at?: string} | undefined} open
 * @param {string} zone
 */
function doors(open, zone) {
  if (!open?.opens_at || !open.closes_at) return '';
  const to = clockBeside(open.closes_at, open.opens_at, zone);
  return t('체크인 시간: {from}부터 {to}까지', { from: dateTime(open.opens_at, zone), to });
}

/**
 * What is said of a scan that another one, or the list, is at odds with.
 * @param {NonNullable<Verdict['conflict']>} conflict
 * @param {string} zone
 */
export function conflictWords({ kind, other }, zone) {
  const where = other ? [text(other.gate_title), other.device].filter(Boolean).join(' · ') : '';
  const elsewhere = other ? t('다른 스캔: {at} {where}', { at: clockTime(other.at, zone), where }) : '';
  return [conflictKind(kind), elsewhere].filter(Boolean).join(' ');
}

/** @param {string} kind */
function conflictKind(kind) {
  switch (kind) {
    case 'double':
      return t('두 곳에서 입장했습니다. 본인인지 확인해 주세요.');
    case 'revoked':
      return t('쓸 수 없는 명찰로 들여보냈습니다.');
    case 'former':
      return t('취소한 참석자의 명찰로 들여보냈습니다.');
    case 'unknown':
      return t('등록되지 않은 명찰로 들여보냈습니다.');
    case 'closed':
      return t('입장 시간이 아닐 때 들여보냈습니다.');
    case 'wrong_gate':
      return t('다른 출입구의 참석자를 들여보냈습니다.');
    case 'mode':
      return t('현장 참석자가 아닌 분을 들여보냈습니다.');
    case 'look':
      return t('확인이 필요한 분을 확인 없이 들여보냈습니다.');
    case 'turned_away':
      return t('돌려보냈지만 들어올 수 있는 분입니다.');
    default:
      return t('이 스캔은 확인이 필요합니다. 안내 데스크에 알려 주세요.');
  }
}
