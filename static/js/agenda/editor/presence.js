/** Who else has the editor open: told and asked every few seconds, and when the hand goes to another cue. */

/** @typedef {import('#hub/agenda/editor/workspace.js').Other} Other */

const EVERY_MS = 8_000;
const SOON_MS = 800;

/**
 * @param {{tell: (at: string | null) => Promise<{editors: Other[]} | null>, at: () => string | null, onOthers: (others: Other[]) => void,
 *   after: (ms: number, fn: () => void) => () => void}} editor
 * @returns {() => void} call it when the hand moved
 */
export function presence({ tell, at, onOthers, after }) {
  let told = /** @type {string | null | undefined} */ (undefined);
  let cancel = () => {};
  const go = async () => {
    told = at();
    const answer = await tell(told);
    if (answer) onOthers(answer.editors);
    next(EVERY_MS);
  };
  const next = (/** @type {number} */ ms) => {
    cancel();
    cancel = after(ms, () => void go());
  };
  void go();
  return () => {
    if (at() !== told) next(SOON_MS);
  };
}
