/** The secret of the link that opened this screen: its page, requests and socket are its own, whoever else is signed in here. */

/**
 * @param {string} [path]
 * @returns {string | null} null on every other page
 */
export function screenSecret(path = globalThis.location?.pathname ?? '') {
  return /^\/s\/([\w-]+)$/.exec(path)?.[1] ?? null;
}

/**
 * What requests of such a screen carry.
 * @param {string} [path]
 * @returns {Record<string, string>}
 */
export function screenHeaders(path) {
  const secret = screenSecret(path);
  return secret ? { 'X-Screen': secret } : {};
}
