/**
 * What a device still has that was ended while this browser had no network: it is sent by the device's own key, from whatever page opens next,
 * and under no other name. People decide about it on the desk.
 */
import { pairings } from '#hub/checkin/device.js';
import { DeviceClock } from '#hub/checkin/queue/device-clock.js';
import { BROWSER, upload } from '#hub/checkin/queue/posting.js';
import { asSent } from '#hub/checkin/queue/scan.js';
import { Vault } from '#hub/checkin/queue/vault.js';
import { holdSignOut } from '#hub/web/signing-out.js';

const BATCH = 50;

/**
 * Send what other devices of this browser left; the hub takes it only of those that were ended.
 * @param {{but?: string | null}} [given] `but`: the device as which the page sends by itself
 * @param {Partial<import('#hub/checkin/queue/posting.js').Network>} [network]
 */
export async function sendLeftovers({ but = null } = {}, network = {}) {
  for (const { conf, device, key } of pairings()) {
    if (device !== but) await sendOf(conf, device, { ...BROWSER, ...network, uploadHeaders: () => ({ 'X-Upload-Key': `${device}.${key}` }) });
  }
}

/**
 * @param {string} conf
 * @param {string} device
 * @param {import('#hub/checkin/queue/posting.js').Network} network
 */
async function sendOf(conf, device, network) {
  const vault = new Vault(conf, device);
  const clock = new DeviceClock(conf);
  try {
    for (;;) {
      const batch = (await vault.waiting()).slice(0, BATCH);
      if (batch.length === 0) return;
      const scans = batch.map((one) => asSent(one, Date.now(), clock.offset));
      const outcome = await upload(`/api/v1/c/${conf}/checkin/device/upload`, { scans }, new AbortController().signal, network);
      if (outcome.kind !== 'answer' || !outcome.answer.ok) return;
      for (const one of batch) await vault.drop(one);
      holdSignOut(`checkin:${conf}`, 0);
    }
  } finally {
    await vault.close();
  }
}
