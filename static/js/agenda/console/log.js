/** Who drives: the last commands of every lane, the newest first. */
import { actWords } from '#hub/agenda/console/act-words.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').DrivingDoc['commands'][number]} DrivenCommand */
/** @typedef {import('#hub/live/store.js').Store} Store */

/** @typedef {import('#hub/live/store.js').Entry} Entry */

const SHOWN = 12;
const KEPT = 50;

/** @returns {{take: (entries: readonly Entry[]) => void, commands: DrivenCommand[]}} collects what is done with awards while the page is open */
export function awardLog() {
  /** @type {DrivenCommand[]} */
  const commands = [];
  return {
    commands,
    take(entries) {
      for (const { topic, at, body } of entries) {
        if (body.award && topic.startsWith('Award')) commands.unshift(/** @type {DrivenCommand} */ ({ ...body, topic, at }));
      }
      commands.splice(KEPT);
    },
  };
}

/**
 * The last commands of all lanes, those on awards among them; minutes given one by one are one command.
 * @param {Store} store
 * @param {readonly DrivenCommand[]} [seen] commands on awards that came while the page was open
 * @returns {DrivenCommand[]}
 */
export function lastCommands(store, seen = []) {
  const known = new Set(seen.map((command) => keyOf(command)));
  const before = store.all('lane/').flatMap(({ id, undo }) => (undo?.award ? [/** @type {DrivenCommand} */ ({ ...undo, lane: id })] : []));
  return [...store.all('driving/').flatMap((lane) => lane.commands), ...seen, ...before.filter((command) => !known.has(keyOf(command)))]
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .reduce(together, /** @type {DrivenCommand[]} */ ([]))
    .slice(0, SHOWN);
}

/** @param {DrivenCommand & {award?: string}} command */
function keyOf({ award = '', at, topic }) {
  return `${award} ${at} ${topic}`;
}

/**
 * @param {DrivenCommand[]} newer
 * @param {DrivenCommand} command
 */
function together(newer, command) {
  const last = newer.at(-1);
  if (!last || !sameExtension(last, command)) return [...newer, command];
  const added = (last.added_s ?? 0) + (command.added_s ?? 0);
  return added === 0 ? [...newer, command] : [...newer.slice(0, -1), { ...last, added_s: added }];
}

/**
 * Return whether both gave one cue more or less time and have one actor; commands without one may be by anybody.
 * @param {DrivenCommand} a
 * @param {DrivenCommand} b
 */
function sameExtension(a, b) {
  const oneActor = a.actor !== undefined && a.actor === b.actor;
  return a.topic === 'CueExtended' && a.topic === b.topic && a.lane === b.lane && a.cue === b.cue && oneActor;
}

/**
 * Show them in `list`; while there are none, `nothing` stands in for them.
 * @param {HTMLElement} list
 * @param {HTMLElement} nothing
 * @param {Store} store
 * @param {string} zone IANA name of the event's zone
 * @param {number} now server time (ms)
 * @param {readonly DrivenCommand[]} seen commands on awards that came while the page was open
 */
export function drawLog(list, nothing, store, zone, now, seen) {
  const commands = lastCommands(store, seen);
  nothing.hidden = commands.length > 0;
  renderList(list, commands, (command) => `${command.lane} ${keyOf(command)}`, make, (item, command) => {
    setText(need('time', item), secondsBeside(command.at, now, zone));
    setText(need('.log-by', item), command.by);
    const lane = text(store.get(`lane/${command.lane}`)?.title);
    setText(need('.log-what', item), t('{lane} · {what}', { lane, what: actWords(command, store) }));
  });
}

function make() {
  return el('li', null, el('time', null), el('span', { class: 'log-by' }), el('span', { class: 'log-what' }));
}
