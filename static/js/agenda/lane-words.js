/** A lane's state in words. */
import { t, text } from '#hub/web/i18n.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */

/**
 * How the lane stands: running, over its time, held, not begun, over.
 * @param {LaneView} view
 * @param {string} zone IANA name of the event's zone
 */
export function standing(view, zone) {
  switch (view.status) {
    case 'held':
      return t('잠시 멈추었습니다');
    case 'finished':
      return t('모두 마쳤습니다');
    case 'running':
      return view.over ? t('예정된 시간을 넘겨 진행하고 있습니다') : t('진행하고 있습니다');
    case 'waiting':
      return view.next?.at ? t('{time}에 시작할 예정입니다', { time: clockBeside(view.next.at, view.now, zone) }) : t('아직 시작하지 않았습니다');
  }
}

/**
 * What comes next and when, or that nothing does.
 * @param {LaneView} view
 * @param {string} zone
 */
export function nextWords(view, zone) {
  if (!view.next) return view.status === 'finished' ? t('남은 순서가 없습니다') : t('마지막 순서입니다');
  const title = text(view.next.cue.title);
  return view.next.at ? t('{time} {title}', { time: clockBeside(view.next.at, view.now, zone), title }) : title;
}

/**
 * One sentence for everything that is on now, or null while no lane runs.
 * @param {readonly LaneView[]} views
 */
export function nowSentence(views) {
  const running = views.filter((view) => view.cue);
  if (running.length === 0) return null;
  if (running.length === 1) return text(running[0].cue?.title);
  return running.map((view) => t('{lane}: {title}', { lane: text(view.lane.title), title: text(view.cue?.title) })).join(' · ');
}

/**
 * What a lane is called, with its room where that has another name: `현장 · 그랜드볼룸`.
 * @param {LaneView} view
 */
export function laneName({ lane, room }) {
  const [name, place] = [text(lane.title), text(room?.title)];
  return place && place !== name ? `${name} · ${place}` : name;
}
