/** Revealed awards: the name to show, their order, and their levels. */
import { derived } from '#hub/web/derived.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').CeremonyDoc} CeremonyDoc */
/** @typedef {import('#hub/live/documents.js').LevelDoc} LevelDoc */
/** @typedef {AwardDoc & {revealed_at: string}} RevealedAward */
/** @typedef {{level: LevelDoc, awards: RevealedAward[]}} LevelGroup */

const collator = new Intl.Collator('en', { numeric: true });

/** States in which everybody may know the recipient. */
const PUBLIC = ['revealed', 'presented', 'photographed', 'done'];

/**
 * @param {AwardDoc} award
 * @returns {award is RevealedAward}
 */
function isPublic(award) {
  return PUBLIC.includes(award.state);
}

/**
 * Whom to name, and from where: an organisation is named itself, in a rehearsal the recipient is a number; `name` null is an unnamed one.
 * @param {AwardDoc} award
 * @returns {{name: string | null, from: string | null}}
 */
export function naming(award) {
  if (award.rehearsed) return { name: t('수상자 {n}', { n: award.number }), from: null };
  if (award.kind === 'organisation') return { name: award.organisation ?? award.recipient, from: null };
  return { name: award.recipient, from: award.organisation };
}

/**
 * In the order of the reveal, the earliest first.
 * @type {(awards: readonly AwardDoc[]) => readonly RevealedAward[]}
 */
export const inRevealOrder = derived((awards) =>
  awards
    .filter(isPublic)
    .map((award) => ({ award, at: Date.parse(award.revealed_at) }))
    .sort((a, b) => a.at - b.at || a.award.order - b.award.order || collator.compare(a.award.id, b.award.id))
    .map(({ award }) => award),
);

/**
 * The award that was revealed last, or null.
 * @param {readonly AwardDoc[]} awards
 */
export function newest(awards) {
  return inRevealOrder(awards).at(-1) ?? null;
}

/**
 * The award that stands on a stage: the last of its awards, unless it was revealed before the cue that is on began.
 * @param {readonly AwardDoc[]} awards of one lane
 * @param {string | null | undefined} begun when that cue began; without it, the last one
 */
export function lastSince(awards, begun) {
  const last = newest(awards);
  if (!last || !begun) return last;
  return Date.parse(last.revealed_at) >= Date.parse(begun) ? last : null;
}

/**
 * The revealed awards by level, programme by programme, the highest level first, each in the order of the reveal.
 * @param {readonly AwardDoc[]} awards
 * @param {readonly Pick<import('#hub/live/documents.js').ProgrammeDoc, 'id'>[]} [programmes] in their order
 * @returns {LevelGroup[]}
 */
export function byLevel(awards, programmes = []) {
  /** @type {Map<string, LevelGroup>} */
  const groups = new Map();
  for (const award of inRevealOrder(awards)) {
    /** @type {LevelGroup} */
    const group = groups.get(award.level.id) ?? { level: award.level, awards: [] };
    group.awards.push(award);
    groups.set(award.level.id, group);
  }
  const place = (/** @type {LevelGroup} */ { level }) => programmes.findIndex(({ id }) => id === level.programme);
  return [...groups.values()].sort((a, b) => place(a) - place(b) || a.level.rank - b.level.rank);
}

/**
 * How many awards of a level there are in all, from the document `ceremony`; null while it is not known.
 * @param {Pick<CeremonyDoc, 'counts'> | undefined} ceremony
 * @param {string} levelId
 * @returns {number | null}
 */
export function totalOf(ceremony, levelId) {
  const counts = (ceremony?.counts ?? []).filter((count) => count.level === levelId);
  if (counts.length === 0) return null;
  return counts.reduce((sum, count) => sum + count.total, 0);
}
