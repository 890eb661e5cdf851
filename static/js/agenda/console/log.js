/** Who drives: the last commands of every lane, the newest first. */
import { commandWords } from '#hub/agenda/console/words.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';

/** @typedef {import('#hub/live/store.js').Doc} Doc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const SHOWN = 6;

/**
 * The last commands of all lanes; minutes given one by one are one command.
 * @param {Store} store
 * @returns {Doc[]}
 */
export function lastCommands(store) {
  return store
    .all('driving/')
    .flatMap((lane) => lane.commands)
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .reduce(together, /** @type {Doc[]} */ ([]))
    .slice(0, SHOWN);
}

/**
 * @param {Doc[]} newer
 * @param {Doc} command
 */
function together(newer, command) {
  const last = newer.at(-1);
  const same = last && ['topic', 'lane', 'cue', 'by'].every((field) => last[field] === command[field]);
  if (!same || command.topic !== 'CueExtended' || last.added_s + command.added_s === 0) return [...newer, command];
  return [...newer.slice(0, -1), { ...last, added_s: last.added_s + command.added_s }];
}

/**
 * Show them in `list`; while there are none, `nothing` stands in for them.
 * @param {HTMLElement} list
 * @param {HTMLElement} nothing
 * @param {Store} store
 * @param {string} zone IANA name of the event's zone
 */
export function drawLog(list, nothing, store, zone) {
  const commands = lastCommands(store);
  nothing.hidden = commands.length > 0;
  renderList(list, commands, (command) => `${command.lane} ${command.at} ${command.topic}`, make, (item, command) => {
    setText(need('time', item), clockSeconds(command.at, zone));
    setText(need('.log-by', item), command.by);
    const lane = text(store.get(`lane/${command.lane}`)?.title);
    setText(need('.log-what', item), t('{lane} · {what}', { lane, what: commandWords(command, store) }));
  });
}

function make() {
  return el('li', null, el('time', null), el('span', { class: 'log-by' }), el('span', { class: 'log-what' }));
}
