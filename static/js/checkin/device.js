/** What this browser keeps of its pairing with a conference: as which device it goes on, and the key by which an ended one may still send its scans. */

/** @typedef {{device: string, key: string}} Pairing */

/**
 * @param {string} conf
 * @returns {Pairing | null} null where this browser was never paired
 */
export function pairingOf(conf) {
  try {
    const kept = JSON.parse(localStorage.getItem(name(conf)) ?? 'null');
    return typeof kept?.device === 'string' && typeof kept?.key === 'string' ? { device: kept.device, key: kept.key } : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} conf
 * @param {Pairing} pairing
 */
export function keepPairing(conf, pairing) {
  localStorage.setItem(name(conf), JSON.stringify({ device: pairing.device, key: pairing.key }));
}

/** Every pairing of this browser. @returns {(Pairing & {conf: string})[]} */
export function pairings() {
  const confs = Object.keys(localStorage).flatMap((one) => (one.startsWith(PREFIX) ? [one.slice(PREFIX.length)] : []));
  return confs.flatMap((conf) => {
    const pairing = pairingOf(conf);
    return pairing ? [{ conf, ...pairing }] : [];
  });
}

/**
 * The header by which an ended device sends what it still has.
 * @param {string} conf
 * @returns {Record<string, string>} empty where this browser was never paired
 */
export function uploadHeaders(conf) {
  const pairing = pairingOf(conf);
  return pairing ? { 'X-Upload-Key': `${pairing.device}.${pairing.key}` } : {};
}

const PREFIX = 'device:';

/** @param {string} conf */
function name(conf) {
  return `${PREFIX}${conf}`;
}
