/** What was done in a lane, in words: a command of its cues, or one on an award with whom it was about. */
import { laneNames } from '#hub/awards/joint.js';
import { commandWords } from '#hub/agenda/console/words.js';
import { commandWords as awardCommandWords, recipientWords } from '#hub/awards/words.js';
import { layerWords } from '#hub/screens/layers.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * @param {{topic: string, award?: string, undone?: string, [field: string]: any}} command the topic of a fact and its own fields
 * @param {Store} store
 * @returns {string}
 */
export function actWords(command, store) {
  if (command.topic === 'RehearsalCommanded') {
    const last = store.get(`driving/${command.lane}`)?.commands[0];
    return last ? actWords(last, store) : commandWords(command, store);
  }
  if (command.topic === 'LayerChanged') return t('무대 화면: {what}', { what: layerWords(command.layer) });
  if (command.topic === 'LineUpChanged' || command.topic.startsWith('Group')) return awardCommandWords(command);
  if (!command.award) return commandWords(command, store);
  const award = store.get(`award/${command.award}`);
  const what = awardCommandWords(command);
  const words = award ? t('{what} · {who}', { what, who: recipientWords(award) }) : what;
  const seen = command.topic === 'AwardCommandUndone' && command.undone === 'AwardRevealed' ? [t('이름이 이미 공개되었습니다.')] : [];
  return [words, ...besideWords(command, award?.lane, store), ...seen].join(' · ');
}

/**
 * In which other lanes a command on an award did the same, and in which it stays as it is.
 * @param {{topic: string, lanes?: string[], kept?: string[], [field: string]: any}} command
 * @param {string | undefined} own
 * @param {Store} store
 */
function besideWords({ lanes = [], kept = [] }, own, store) {
  const others = lanes.filter((lane) => lane !== own);
  return [
    ...(others.length > 0 ? [t('함께: {lanes}', { lanes: laneNames(store, others) })] : []),
    ...(kept.length > 0 ? [t('그대로: {lanes}', { lanes: laneNames(store, kept) })] : []),
  ];
}
