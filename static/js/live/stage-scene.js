/** What a stage screen shows at one instant: exactly one scene, made from public documents only. */
import { onStageOf } from '#hub/awards/joint.js';
import { inRevealOrder, naming } from '#hub/awards/revealed.js';
import { laneView } from '#hub/agenda/lanes.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').CueDoc} CueDoc */
/** @typedef {import('#hub/live/documents.js').LevelDoc} LevelDoc */
/** @typedef {import('#hub/awards/revealed.js').RevealedAward} RevealedAward */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {{id: string, award: AwardDoc | null, level: LevelDoc, unnamed: number, newest: boolean}} RollLine `unnamed`: how many unnamed ones stand in this line */
/**
 * @typedef {{kind: 'idle'} | {kind: 'over'} | {kind: 'countdown', cue: CueDoc, at: number} | {kind: 'cue', view: LaneView}
 *   | {kind: 'layer', layer: import('#hub/live/documents.js').LayerKind, text: import('#hub/web/i18n.js').Text | null}
 *   | {kind: 'award', award: AwardDoc} | {kind: 'roll', level: LevelDoc, lines: RollLine[]}
 *   | {kind: 'group', group: import('#hub/live/documents.js').GroupDoc, current: AwardDoc | null, lines: RollLine[]}} Scene `group`: `lines` are the names that are out, in the order of the list
 */

const COUNTDOWN_MS = 60 * 60_000;
const ROLL_LENGTH = 30;

/**
 * @param {Store} store
 * @param {string} laneId
 * @param {number} now server time (ms)
 * @returns {Scene}
 */
export function sceneOf(store, laneId, now) {
  const over = store.get(`layer/${laneId}`);
  if (over?.layer) return { kind: 'layer', layer: over.layer, text: over.text };
  const view = laneView(store, laneId, now);
  if (!view) return { kind: 'idle' };
  const awards = inRevealOrder(onStageOf(store.all('award/'), laneId));
  const onStage = awards.filter((award) => isOfNow(award, view)).at(-1);
  const group = store.get(`group/${laneId}`);
  if (group && !(onStage && covers(onStage, group, store))) return groupScene(store, group);
  if (onStage) return awardScene(onStage, awards);
  if (view.cue) return { kind: 'cue', view };
  if (view.status === 'finished') return { kind: 'over' };
  return countdownScene(view, now);
}

/**
 * The key of a scene: another key is a new picture, the same key is updated in place.
 * @param {Scene} scene
 */
export function sceneKey(scene) {
  switch (scene.kind) {
    case 'award':
      return `award ${scene.award.id}`;
    case 'roll':
      return `roll ${scene.level.id} ${scene.lines[0]?.award?.cue ?? ''}`;
    case 'group':
      return `group ${scene.group.lane} ${scene.group.level}`;
    case 'layer':
      return `layer ${scene.layer} ${JSON.stringify(scene.text)}`;
    case 'cue':
      return `cue ${scene.view.cue?.id}`;
    default:
      return scene.kind;
  }
}

/**
 * The names of a roll: each named one a line, the unnamed ones together in one, the newest marked.
 * @param {readonly AwardDoc[]} awards
 * @param {AwardDoc | null} last the newest
 * @returns {RollLine[]}
 */
function rollLines(awards, last) {
  const named = awards.filter((award) => naming(award).name);
  const unnamed = awards.length - named.length;
  /** @type {RollLine[]} */
  const lines = named.map((award) => ({ id: award.id, award, level: award.level, unnamed: 0, newest: award === last }));
  if (last && unnamed > 0) lines.push({ id: 'unnamed', award: null, level: last.level, unnamed, newest: !naming(last).name });
  return lines.slice(-ROLL_LENGTH);
}

/**
 * @param {Store} store
 * @param {import('#hub/live/documents.js').GroupDoc} group
 * @returns {Scene}
 */
function groupScene(store, group) {
  const out = group.revealed.flatMap((id) => store.get(`award/${id}`) ?? []);
  const current = out.find(({ id }) => id === group.current) ?? null;
  return { kind: 'group', group, current, lines: rollLines(out, current) };
}

/**
 * Whether a name of another lane came onto this stage after the last one of the group.
 * @param {RevealedAward} award
 * @param {import('#hub/live/documents.js').GroupDoc} group
 * @param {Store} store
 */
function covers(award, group, store) {
  if (award.lane === group.lane) return false;
  const last = group.current && store.get(`award/${group.current}`)?.revealed_at;
  return Date.parse(award.revealed_at) > Date.parse(last || group.began_at);
}

/**
 * A name stays on the stage until the next one replaces it, or the lane has gone on.
 * @param {RevealedAward} award
 * @param {LaneView} view
 */
function isOfNow(award, view) {
  if (view.status === 'finished') return false;
  const begun = view.cue?.started_at;
  return !begun || Date.parse(award.revealed_at) >= Date.parse(begun);
}

/**
 * @param {AwardDoc} award
 * @param {readonly AwardDoc[]} awards
 * @returns {Scene}
 */
function awardScene(award, awards) {
  if (award.level.reveal_style !== 'roll') return { kind: 'award', award };
  const round = awards.filter((other) => other.cue === award.cue && other.level.id === award.level.id);
  return { kind: 'roll', level: award.level, lines: rollLines(round, round.at(-1) ?? null) };
}

/**
 * The time until a lane begins: as planned, or as expected where that is later, because it begins together with a lane that is late.
 * @param {LaneView} view
 * @param {number} now
 * @returns {Scene}
 */
function countdownScene(view, now) {
  const cue = view.next?.cue;
  const at = cue ? Math.max(Date.parse(cue.planned_start), view.next?.at ?? 0) : Infinity;
  if (!cue || at - now > COUNTDOWN_MS) return { kind: 'idle' };
  return { kind: 'countdown', cue, at };
}
