/** The desk's report of attendance: how many are where, kept up to date. */
import { pageData, setText } from '#hub/web/dom.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { statesOf } from '#hub/attendance/counts.js';

/** @type {{conf: string, zone: string}} */
const { conf, zone } = pageData();
const store = new Store();
const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-count]')]);

connect({ conf, stream: 'operator', store, onState: connectionStatus({ zone }) });
store.subscribe(() => {
  const counts = store.get('attendance');
  if (counts) for (const row of rows) draw(row, statesOf(counts, row.dataset.count ?? ''));
});

/**
 * @param {HTMLElement} row
 * @param {import('#hub/attendance/counts.js').States | undefined} states
 */
function draw(row, states) {
  row.hidden = !states?.expected && row.dataset.count !== 'total';
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll('[data-state]'))) {
    setText(cell, String(states?.[/** @type {keyof import('#hub/attendance/counts.js').States} */ (cell.dataset.state)] ?? 0));
  }
}
