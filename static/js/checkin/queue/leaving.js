/** What any page needs of gates when somebody signs out, or nobody is signed in: loaded only where this browser was at a gate. */
export { pairings } from '#hub/checkin/device.js';
export { sendLeftovers } from '#hub/checkin/queue/leftovers.js';
export { Vault } from '#hub/checkin/queue/vault.js';
export { tellWaiting } from '#hub/checkin/queue/waiting-here.js';
