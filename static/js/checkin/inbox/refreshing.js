/** Reading the inbox anew after something happened: one request at a time, however much happens. */

const SOON_MS = 200;
/** What happens to the list without changing a document. */
const TOPICS = new Set(['ScansQuarantined', 'QuarantineSettled']);

/**
 * Whether the inbox may be another one after these changes.
 * @param {Set<string>} changed keys of documents
 * @param {{topic: string}[]} entries
 */
export function concernsInbox(changed, entries) {
  return [...changed].some((key) => key.startsWith('conflict/')) || entries.some(({ topic }) => TOPICS.has(topic));
}

/**
 * Make what runs `work` soon, and once more when it is asked for meanwhile.
 * @param {() => Promise<void>} work
 * @returns {() => void}
 */
export function oneAtATime(work) {
  let wanted = false;
  let running = false;
  const run = async () => {
    running = true;
    while (wanted) {
      await new Promise((resolve) => setTimeout(resolve, SOON_MS));
      wanted = false;
      await work();
    }
    running = false;
  };
  return () => {
    wanted = true;
    if (!running) void run();
  };
}
