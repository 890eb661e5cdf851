/**
 * When the cues of a lane start: the same rule as `laid_out` in `conference_hub/agenda/layout.py`, for the cues of the plan
 * as the API gives them. Both are held to `tests/golden/agenda-layout.json`.
 */

/**
 * @typedef {object} PlannedCue what is read of a cue
 * @property {boolean} fixed
 * @property {boolean} skipped
 * @property {string} planned_start
 * @property {number} planned_s
 */

/**
 * The cues of one lane, in order, with the starts that follow from the cues before them: the first one is fixed, one that is
 * not fixed starts when the cue before it ends, skipped ones aside. Cues whose start stays are the same objects.
 * @template {PlannedCue} C
 * @param {readonly C[]} cues
 * @returns {C[]}
 */
export function laidOut(cues) {
  /** @type {number | null} */
  let freeAt = null;
  return cues.map((cue) => {
    const fixed = cue.fixed || freeAt === null;
    const start = fixed || freeAt === null ? Date.parse(cue.planned_start) : freeAt;
    if (!cue.skipped) freeAt = start + Math.round(cue.planned_s * 1000);
    else freeAt ??= start;
    const same = fixed === cue.fixed && start === Date.parse(cue.planned_start);
    return same ? cue : { ...cue, fixed, planned_start: new Date(start).toISOString() };
  });
}

/**
 * The number that the hub would give the next cue without one: the whole number after the highest in the plan.
 * @param {readonly {number: string}[]} cues of the whole plan
 */
export function nextNumber(cues) {
  const whole = cues.map((cue) => cue.number).filter((number) => /^[0-9]+$/.test(number));
  return String(Math.max(0, ...whole.map(Number)) + 1);
}
