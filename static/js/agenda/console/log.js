/** Who drives: the last commands of every lane, the newest first. */
import { actWords } from '#hub/agenda/console/act-words.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { secondsBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').DrivingDoc['commands'][number]} DrivenCommand */
/** @typedef {import('#hub/live/store.js').Store} Store */

const SHOWN = 12;

/**
 * The last acts in all lanes, those on awards and layers among them; minutes given one by one are one command.
 * @param {Store} store
 * @returns {DrivenCommand[]}
 */
export function lastCommands(store) {
  return store
    .all('driving/')
    .flatMap(({ lane, commands }) => commands.map((command) => ({ lane, ...command })))
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .reduce(together, /** @type {DrivenCommand[]} */ ([]))
    .slice(0, SHOWN);
}

/** @param {DrivenCommand} command */
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
 */
export function drawLog(list, nothing, store, zone, now) {
  const commands = lastCommands(store);
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
