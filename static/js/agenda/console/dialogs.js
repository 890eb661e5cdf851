/** The dialogs of the console that nobody needs in its first seconds: they are loaded after the page (`web/later.js`). */
export { beginRehearsal } from '#hub/agenda/console/rehearsal-dialog.js';
export { askWay } from '#hub/agenda/console/make-up-dialog.js';
export { correction } from '#hub/awards/correction.js';
export { askGroup } from '#hub/awards/group-dialog.js';
export { askLineUp } from '#hub/awards/line-up.js';
export { proxy } from '#hub/awards/proxy.js';
export { withdrawal } from '#hub/awards/withdrawal.js';
export { compose } from '#hub/messages/compose.js';

/** @typedef {() => Promise<typeof import('#hub/agenda/console/dialogs.js') | null>} Dialogs null: whoever waited for them gave up */
