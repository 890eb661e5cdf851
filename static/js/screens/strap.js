/** What a lower third says at one instant: who is on the stage of a lane, or an emergency. */
import { onStageOf } from '#hub/awards/joint.js';
import { lastSince, naming } from '#hub/awards/revealed.js';
import { levelWords, nameWords } from '#hub/awards/words.js';
import { laneView } from '#hub/agenda/lanes.js';
import { shownMessages } from '#hub/messages/shown.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {{key: string, above: string, name: string, below: string}} Strap another key comes in anew */

/** So many letters of an emergency are written as large as a name. */
const MOST_LARGE = 60;
const ON_STAGE = ['revealed', 'presented', 'photographed'];

/**
 * @param {Store} store
 * @param {string} laneId
 * @param {number} now as late as the documents (ms)
 * @returns {Strap | null} null: nothing is laid over the picture
 */
export function strapOf(store, laneId, now) {
  const emergency = shownMessages(store, 'stage', laneId, now).find((message) => message.emergency);
  if (emergency) return ofEmergency(emergency);
  if (store.get(`layer/${laneId}`)?.layer === 'blackout') return null;
  const view = laneView(store, laneId, now);
  if (!view || view.status === 'finished') return null;
  const last = lastSince(onStageOf(store.all('award/'), laneId), view.cue?.started_at);
  return last && ON_STAGE.includes(last.state) ? ofAward(last) : ofSpeakers(view);
}

/** @param {import('#hub/live/documents.js').MessageDoc} message */
function ofEmergency({ id, text: said }) {
  const words = text(said);
  const large = words.length <= MOST_LARGE;
  return { key: `message ${id} ${words}`, above: t('긴급 안내'), name: large ? words : '', below: large ? '' : words };
}

/** @param {import('#hub/live/documents.js').AwardDoc} award */
function ofAward(award) {
  return { key: `award ${award.id}`, above: levelWords(award.level), name: nameWords(award), below: naming(award).from ?? '' };
}

/** @param {LaneView} view */
function ofSpeakers({ cue }) {
  if (!cue || cue.speakers.length === 0) return null;
  const [first] = cue.speakers;
  const alone = cue.speakers.length === 1 ? first : undefined;
  const name = cue.speakers.map((one) => one.name).join(' · ');
  const read = alone?.reads_for ? t('{name} 대독', { name: alone.reads_for }) : '';
  return { key: `cue ${cue.id} ${name}`, above: text(cue.title), name, below: [alone?.role, read].filter(Boolean).join(' · ') };
}
