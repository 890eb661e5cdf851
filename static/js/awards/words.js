/** An award in words. */
import { lang, t, text } from '#hub/web/i18n.js';
import { naming } from '#hub/awards/revealed.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').LevelDoc} LevelDoc */

/**
 * The level, with the honour where that says something more: `대상 · 장관상`.
 * @param {Pick<LevelDoc, 'label' | 'honour'>} level
 */
export function levelWords(level) {
  const [label, honour] = [text(level.label), text(level.honour)];
  return label === honour ? label : `${label} · ${honour}`;
}

/**
 * The recipient's name; one who is not named is called by the level: `장려상 수상자`.
 * @param {AwardDoc} award
 */
export function nameWords(award) {
  return naming(award).name ?? t('{level} 수상자', { level: text(award.level.label) });
}

/**
 * The name as the emcee calls it: `석용주 과장`.
 * @param {AwardDoc} award
 */
export function calledWords(award) {
  const { name } = naming(award);
  return name && award.recipient && award.honorific ? `${name} ${award.honorific}` : nameWords(award);
}

/**
 * How many recipients of a level are not named: `장려상 수상자 12명`; one alone is called as if there were no list.
 * @param {Pick<LevelDoc, 'label'>} level
 * @param {number} n
 */
export function unnamedWords(level, n) {
  if (n === 1) return t('{level} 수상자', { level: text(level.label) });
  return t('{level} 수상자 {n}명', { level: text(level.label), n });
}

/**
 * One line for a list or a voice: `석용주, 천안고용센터`.
 * @param {AwardDoc} award
 */
export function recipientWords(award) {
  const { from } = naming(award);
  return from ? `${nameWords(award)}, ${from}` : nameWords(award);
}

/**
 * Who comes to the stage in the recipient's place, as the emcee may know: `대리 수상 석가영(배우자)`; empty for nobody.
 * @param {Pick<AwardDoc, 'representative' | 'relation' | 'stand_in'>} award
 */
export function standInWords({ representative, relation, stand_in: as }) {
  if (!representative) return '';
  const name = relation ? `${representative}(${relation})` : representative;
  if (as === 'proxy') return t('대리 수상 {name}', { name });
  return as === 'joint' ? t('대표 수상 {name}', { name }) : t('대표자 {name}', { name });
}

/**
 * Who receives the award, as far as that is not the recipient: who stands in, or that nobody comes; else empty.
 * @param {Pick<AwardDoc, 'representative' | 'relation' | 'stand_in' | 'absent'>} award
 */
export function receivingWords(award) {
  return standInWords(award) || (award.absent ? t('불참 · 이름만 낭독') : '');
}

/**
 * In whose name it is given, who hands it over, and who reads in their place: `수여권자 장관 · 시상 차관 · 대독 국장`.
 * @param {Pick<AwardDoc, 'presenter' | 'read_by'> & Partial<Pick<AwardDoc, 'conferrer'>>} award
 */
export function presentingWords({ conferrer, presenter, read_by: reader }) {
  return [conferrer && t('수여권자 {name}', { name: conferrer }), presenter && t('시상 {name}', { name: presenter }), reader && t('대독 {name}', { name: reader })].filter(Boolean).join(' · ');
}

/**
 * What goes with an award of a level, money and other things, or null.
 * @param {Pick<LevelDoc, 'prize'>} level
 */
export function prizeWords({ prize }) {
  if (!prize) return null;
  const things = prize.text ? text(prize.text) : null;
  return [moneyWords(prize), things].filter(Boolean).join(' · ') || null;
}

/** @param {NonNullable<LevelDoc['prize']>} prize */
function moneyWords({ amount, currency }) {
  if (!amount) return null;
  const written = new Intl.NumberFormat(lang() === 'en' ? 'en' : 'ko').format(amount);
  return currency === 'KRW' ? t('상금 {amount}원', { amount: written }) : t('상금 {amount} {currency}', { amount: written, currency });
}

/**
 * How far an award is on stage.
 * @param {AwardDoc['state']} state
 */
export function stateWords(state) {
  switch (state) {
    case 'sealed':
      return t('발표 전');
    case 'armed':
      return t('발표 준비');
    case 'revealed':
      return t('발표됨');
    case 'presented':
      return t('수여함');
    case 'photographed':
      return t('사진 촬영함');
    case 'done':
      return t('마침');
    case 'skipped':
      return t('건너뜀');
    case 'withdrawn':
      return t('취소됨');
  }
}

/**
 * What a command on an award did, by the topic of its fact.
 * @param {{topic: string, undone?: string} | null | undefined} command
 * @returns {string}
 */
export function commandWords(command) {
  switch (command?.topic) {
    case 'AwardArmed':
      return t('발표 준비함');
    case 'AwardRevealed':
      return t('발표함');
    case 'AwardPresented':
      return t('수여함');
    case 'AwardPhotographed':
      return t('사진 촬영함');
    case 'AwardDone':
      return t('마침');
    case 'AwardDeferred':
      return t('뒤로 미룸');
    case 'AwardAbsenceNoted':
      return t('불참을 표시함');
    case 'AwardProxyNamed':
      return t('대리 수상자를 지정함');
    case 'AwardSkipped':
      return t('건너뜀');
    case 'AwardWithdrawn':
      return t('수상을 취소함');
    case 'LineUpChanged':
      return t('호명 순서를 바꿈');
    case 'GroupBegan':
      return t('단체 발표를 시작함');
    case 'GroupPaused':
      return t('단체 발표를 멈춤');
    case 'GroupResumed':
      return t('단체 발표를 계속함');
    case 'GroupShortened':
      return t('단체 발표에서 이름을 뺌');
    case 'GroupEnded':
      return t('단체 발표를 마침');
    case 'AwardTakenBack':
      return t('비공개로 되돌림');
    case 'AwardCorrected':
      return t('수상자 정보를 고침');
    case 'AwardCommandUndone':
      return t('실행 취소: {what}', { what: topicWords(command.undone) });
    case 'AwardCommandRedone':
      return t('다시 실행: {what}', { what: topicWords(command.undone) });
    default:
      return t('다른 명령');
  }
}

/**
 * A command that was undone or redone, by the topic of its fact: as its button calls it.
 * @param {string} [topic]
 */
function topicWords(topic) {
  switch (topic) {
    case 'AwardArmed':
      return t('발표 준비');
    case 'AwardRevealed':
      return t('발표');
    case 'AwardPresented':
      return t('수여함');
    case 'AwardPhotographed':
      return t('사진 촬영함');
    case 'AwardDone':
      return t('마침');
    case 'AwardDeferred':
      return t('뒤로 미루기');
    case 'AwardAbsenceNoted':
      return t('불참');
    case 'AwardProxyNamed':
      return t('대리 수상');
    case 'AwardSkipped':
      return t('건너뛰기');
    case 'AwardWithdrawn':
      return t('수상 취소');
    case 'LineUpChanged':
      return t('호명 순서 변경');
    case 'AwardTakenBack':
      return t('비공개로 되돌리기');
    case 'AwardCorrected':
      return t('수상자 정보 고치기');
    default:
      return t('다른 명령');
  }
}
