/** Tells the hub whether the live page is visible, so that a guest who follows from elsewhere counts as present. */

/** @typedef {{tell: (event: string, data: object) => void}} Teller */
/** @typedef {{visibilityState: string, addEventListener: (event: string, fn: () => void) => void}} Page the part of `document` in use */

/**
 * @param {() => Teller | undefined} link
 * @param {Page} page
 * @returns {{connected: () => void}} `connected` is called when a connection is new: the hub knows nothing of it yet
 */
export function tellWatching(link, page) {
  const tell = () => link()?.tell('watching', { visible: page.visibilityState === 'visible' });
  page.addEventListener('visibilitychange', tell);
  return { connected: tell };
}
