/** The state that the server put into the page (the macro `page_state`): the first picture needs no question. */

/** @typedef {import('#hub/live/state-request.js').State} State */

/**
 * Take the state of a stream out of the page: whoever asks again later gets none, because it is no longer the newest.
 * @param {string} stream
 * @param {ParentNode} [root]
 * @returns {State | null} null: the page has none, because it is a large one, or because the browser kept the page
 */
export function takePageState(stream, root = document) {
  const script = root.querySelector(`script[data-state="${stream}"]`);
  if (!script) return null;
  script.remove();
  return JSON.parse(script.textContent ?? '');
}
