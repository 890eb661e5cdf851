/** Steps as the server takes them: `POST plan/edit`. */
import { applied, partOf, placeOf } from '#hub/agenda/editor/changes.js';

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/changes.js').Step} Step */
/** @typedef {{op: string} & Record<string, unknown>} Edit docs/api: put_…, remove_… */

/**
 * The edits that make these steps of this content, in their order.
 * @param {Content} content
 * @param {Step[]} steps
 * @returns {Edit[]}
 */
export function editsOf(content, steps) {
  /** @type {Edit[]} */
  const edits = [];
  let now = content;
  for (const change of steps.flatMap((step) => step.changes)) {
    const after = applied(now, change);
    const edit = editOf(now, after, change);
    if (edit) edits.push(edit);
    now = after;
  }
  return edits;
}

/**
 * @param {Content} before
 * @param {Content} after
 * @param {Change} change
 * @returns {Edit | null}
 */
function editOf(before, after, { kind, id, to, place }) {
  if (kind === 'departments') return { op: 'put_departments', departments: after.departments };
  if (to === null) return partOf(before, kind, id) && { op: `remove_${kind}`, id };
  const part = partOf(after, kind, id);
  const where = placeOf(after, kind, id);
  if (!part || !where) return null;
  const order = place || !partOf(before, kind, id) ? { before: where.before } : {};
  if (kind === 'cue') return { op: 'put_cue', lane: where.lane, cue: part, ...order };
  if (kind === 'segment') return { op: 'put_segment', segment: part, ...order };
  const { cues: _, ...lane } = part;
  return { op: 'put_lane', lane, ...order };
}
