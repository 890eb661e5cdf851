/** Encryption at rest: AES-GCM with a key that the browser never hands out. Without the key, what was sealed cannot be read. */

/** @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer}} Sealed */

const IV_BYTES = 12;

/** Make a key that can be kept in IndexedDB and cannot be exported. */
export function newKey() {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/**
 * @param {CryptoKey} key
 * @param {unknown} value what JSON can hold
 * @returns {Promise<Sealed>}
 */
export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

/**
 * Rejects when the key is another one or the data were changed.
 * @param {CryptoKey} key
 * @param {Sealed} sealed
 * @returns {Promise<any>}
 */
export async function unseal(key, { iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);
  return JSON.parse(new TextDecoder().decode(plain));
}
