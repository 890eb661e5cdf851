/** A small plan for the tests of the editor: two lanes on an afternoon in Seoul. */

/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */

export const ZONE = 'Asia/Seoul';
export const DAY = Date.parse('2021-12-02T13:00:00+09:00');

/**
 * An instant of the day, as the plan writes it.
 * @param {string} time 13:00
 */
export function at(time) {
  return new Date(Date.parse(`2021-12-02T${time}:00+09:00`)).toISOString();
}

/**
 * @param {Partial<Cue> & {id: string}} cue
 * @returns {Cue}
 */
export function cue(cue) {
  return {
    number: cue.id, segment: 'open', title: { ko: cue.id, en: '' }, fixed: false, planned_start: at('13:00'), planned_s: 600, colour: null,
    warn_s: null, danger_s: null, skipped: false, sync: null, shortest_s: null, droppable: false, notes: {}, speakers: [], ...cue,
  };
}

/** @returns {Content} */
export function plan() {
  return {
    departments: [{ id: 'mc', title: { ko: 'MC 멘트', en: 'MC' } }, { id: 'sound', title: { ko: '음향', en: 'Sound' } }],
    segments: [
      { id: 'open', kind: 'opening', title: { ko: '개회', en: 'Opening' }, note: null, room: null, speakers: [], public: true },
      { id: 'awards', kind: 'ceremony', title: { ko: '시상', en: 'Awards' }, note: null, room: null, speakers: [], public: true },
    ],
    lanes: [
      { id: 'hall', title: { ko: '본행사장', en: 'Hall' }, colour: null, room: null, cues: [
        cue({ id: '1', fixed: true }), cue({ id: '2', planned_start: at('13:10') }), cue({ id: '3', planned_start: at('13:20'), segment: 'awards' }),
      ] },
      { id: 'meta', title: { ko: '메타버스', en: 'Metaverse' }, colour: null, room: null, cues: [cue({ id: '4', fixed: true, planned_start: at('13:20'), segment: 'awards' })] },
    ],
  };
}

/**
 * The order of each lane, by number, with times of day in UTC.
 * @param {Content} content
 */
export function outline(content) {
  return content.lanes.map((lane) => `${lane.id}: ${lane.cues.map((one) => `${one.number}@${one.planned_start.slice(11, 16)}${one.fixed ? '!' : ''}`).join(' ')}`);
}
