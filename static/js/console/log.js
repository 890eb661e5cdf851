/** Who drives: the last commands of every lane, the newest first. */
import { commandWords } from '#hub/console/words.js';
import { el, need, renderList, setText } from '#hub/dom.js';
import { t, text } from '#hub/i18n.js';
import { clockSeconds } from '#hub/time.js';

/** @typedef {import('#hub/live/store.js').Doc} Doc */
/** @typedef {import('#hub/live/store.js').Store} Store */

const SHOWN = 6;

/**
 * The last commands of all lanes.
 * @param {Store} store
 * @returns {Doc[]}
 */
export function lastCommands(store) {
  return store
    .all('driving/')
    .flatMap((lane) => lane.commands)
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, SHOWN);
}

/**
 * Show them in `list`.
 * @param {HTMLElement} list
 * @param {Store} store
 * @param {string} zone IANA name of the event's zone
 */
export function drawLog(list, store, zone) {
  const commands = lastCommands(store);
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
