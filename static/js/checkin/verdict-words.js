/** What the gate's screen says to an answer: a colour, a sign and words that need no colour. */
import { t, text } from '#hub/web/i18n.js';
import { clockBeside, dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').FirstDoc} First */
/** @typedef {import('#hub/live/documents.js').PersonDoc} Person */
/** @typedef {import('#hub/live/documents.js').ScanAnswer} Verdict */
/** @typedef {{tone: 'good' | 'warn' | 'bad' | 'wait' | 'idle', title: string, why: string}} Saying */

/**
 * @param {Verdict} answer
 * @param {string} zone IANA name of the event's zone
 * @param {import('#hub/web/time.js').Instant} at when it was scanned
 * @returns {Saying}
 */
export function saying(answer, zone, at) {
  switch (answer.verdict) {
    case 'admitted':
      return { tone: 'good', title: t('입장'), why: admittedWhy(answer, zone, at) };
    case 'left':
      return { tone: 'good', title: t('퇴장'), why: t('나가셨습니다. 다시 들어오실 수 있습니다.') };
    case 'already_inside':
      return { tone: 'warn', title: t('이미 입장'), why: first(answer.first, zone, at) };
    case 'not_inside':
      return { tone: 'warn', title: t('입장 기록 없음'), why: t('들어온 기록이 없어 퇴장 처리하지 않았습니다.') };
    case 'wrong_day':
      return { tone: 'warn', title: t('체크인 시간 아님'), why: doors(answer.doors, zone) };
    case 'revoked':
      return { tone: 'bad', title: t('쓸 수 없는 명찰'), why: t('새 명찰을 발급했거나 취소했습니다. 이름으로 찾아 주세요.') };
    case 'unknown_badge':
      return { tone: 'bad', title: t('등록되지 않은 명찰'), why: t('이 행사의 명찰이 아닙니다. 이름으로 찾아 주세요.') };
  }
}

/**
 * The verdict on a scan; null while there is none, and for a refused request.
 * @param {import('#hub/checkin/queue/scan.js').Scan} scan
 * @returns {Verdict | null}
 */
export function verdictOf(scan) {
  return scan.phase === 'confirmed' ? scan.answer?.data : null;
}

/**
 * The lines about a person below the verdict: what it is, and what to read.
 * @param {Person} person
 * @returns {[string, string][]}
 */
export function details(person) {
  /** @type {[string, string][]} */
  const lines = [
    [t('소속'), person.organisation ?? ''],
    [t('구분'), [text(person.group?.label), text(person.role)].filter(Boolean).join(' · ')],
    [t('좌석'), person.seat ?? ''],
    [t('참석 방식'), person.mode.id === 'onsite' ? '' : text(person.mode.label)],
    [t('도움'), person.needs ?? ''],
    [t('수상 장소'), calls(person.calls)],
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
 * @param {Extract<Verdict, {verdict: 'admitted'}>} answer
 * @param {string} zone
 * @param {import('#hub/web/time.js').Instant} at
 */
function admittedWhy(answer, zone, at) {
  if (answer.forced) return t('담당자 판단으로 입장');
  return answer.again ? t('다시 입장 · 처음 {at}', { at: clockBeside(answer.first.at, at, zone) }) : '';
}

/**
 * When and where somebody first came in.
 * @param {First} moment
 * @param {string} zone
 * @param {import('#hub/web/time.js').Instant} scannedAt
 */
function first(moment, zone, scannedAt) {
  const at = clockBeside(moment.at, scannedAt, zone);
  if (!moment.gate_title) return t('{at} 개인 링크로 접속', { at });
  return t('{at} {where}에서 입장', { at, where: text(moment.gate_title) });
}

/**
 * @param {{opens_at: string, closes_at: string}} open
 * @param {string} zone
 */
function doors(open, zone) {
  const to = clockBeside(open.closes_at, open.opens_at, zone);
  return t('체크인 시간: {from}부터 {to}까지', { from: dateTime(open.opens_at, zone), to });
}
