/** What is wrong with the plan, in words, for each cue and as a list. */
import { findings } from '#hub/agenda/findings.js';
import { lengthWords } from '#hub/agenda/editor/words.js';
import { findCue, findLane } from '#hub/agenda/editor/model.js';
import { nameOf } from '#hub/agenda/editor/steps.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/findings.js').Finding} Finding */
/** @typedef {{key: string, cue: string | null, lane: string, where: string, words: string}} Problem */

/** @type {WeakMap<object, Problem[]>} */
const found = new WeakMap();
/** @type {WeakMap<object, Map<string, string>>} */
const byCue = new WeakMap();

/**
 * Every problem, lane by lane.
 * @param {Workspace} space
 * @returns {Problem[]}
 */
export function problemsOf(space) {
  const known = found.get(space.content);
  if (known && space.loads === loadsOf.get(space.content)) return known;
  const problems = findings(space.content.lanes, space.days, space.loads).map((finding) => problemOf(finding, space));
  found.set(space.content, problems);
  loadsOf.set(space.content, space.loads);
  byCue.delete(space.content);
  return problems;
}

/** @type {WeakMap<object, object>} */
const loadsOf = new WeakMap();

/**
 * What is wrong at a cue, in words; empty when nothing is.
 * @param {Workspace} space
 * @param {string} id
 */
export function problemsAt(space, id) {
  const problems = problemsOf(space);
  let map = byCue.get(space.content);
  if (!map) {
    map = new Map();
    for (const { cue, words } of problems) if (cue) map.set(cue, [map.get(cue), words].filter(Boolean).join(' · '));
    byCue.set(space.content, map);
  }
  return map.get(id) ?? '';
}

/**
 * @param {Finding} finding
 * @param {Workspace} space
 * @returns {Problem}
 */
function problemOf(finding, space) {
  const { oddity, cue, lane } = finding;
  const title = text(findLane(space.content, lane)?.title);
  const at = cue === null ? null : findCue(space.content, cue)?.cue;
  return { key: `${oddity}/${cue ?? lane}`, cue, lane, where: at ? `${title} · ${at.number} ${nameOf(at)}` : title, words: wordsOf(finding, space) };
}

/**
 * @param {Finding} finding
 * @param {Workspace} space
 */
function wordsOf({ oddity, cue, by_s }, space) {
  const length = lengthWords(by_s);
  switch (oddity) {
    case 'gap':
      return t('앞이 {length} 비어 있습니다', { length });
    case 'overlap':
      return t('앞 순서와 {length} 겹칩니다', { length });
    case 'empty_lane':
      return t('순서가 없습니다');
    case 'outside':
      return t('행사 기간 밖입니다');
    case 'lone_sync':
      return t('다른 구역에는 이 동시 시작이 없습니다');
    case 'overfull': {
      const load = space.loads[cue ?? ''];
      return t('상 {count}개에 {pace}초씩 걸려 {length} 모자랍니다', { count: load?.count ?? 0, pace: load?.pace_s ?? 0, length });
    }
  }
}
