/** What keeps, sends and times the scans of a device: the browser's own, unless a test brings another. */
import { pairingOf, uploadHeaders } from '#hub/checkin/device.js';
import { DeviceClock } from '#hub/checkin/queue/device-clock.js';
import { BROWSER } from '#hub/checkin/queue/posting.js';
import { Tabs } from '#hub/checkin/queue/tabs.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { pause } from '#hub/web/backoff.js';

/** @typedef {import('#hub/checkin/queue/posting.js').Network & {now: () => number, wait: (ms: number) => Promise<void>, online: () => boolean,
 *   vault: Vault, tabs: Tabs, clock: Pick<DeviceClock, 'offset' | 'heard'>}} Environment `now`: the device's clock (ms since 1970) */

/**
 * @param {string} conf
 * @param {string | null} device as which this browser is paired
 * @param {Partial<Environment>} given
 * @returns {Environment}
 */
export function inBrowser(conf, device, given) {
  const clock = given.clock ?? new DeviceClock(conf);
  return {
    ...BROWSER,
    now: () => Date.now(),
    wait: pause,
    online: () => navigator.onLine,
    uploadHeaders: () => (device && pairingOf(conf)?.device === device ? uploadHeaders(conf) : {}),
    heard: (response, t0, t1) => clock.heard(response, t0, t1),
    ...given,
    clock,
    vault: given.vault ?? new Vault(conf, device),
    tabs: given.tabs ?? new Tabs(conf),
  };
}
