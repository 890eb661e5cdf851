/** Dragging with a pointer: a press becomes a drag after a few pixels, Escape ends it where it began. */

const SLACK_PX = 5;
const EDGE_PX = 48;

/** @typedef {{dx: number, dy: number, x: number, y: number}} Motion pixels since the press, scrolling included, and the pointer's place */

/**
 * Follow a pointer from its press.
 * @param {PointerEvent} press
 * @param {HTMLElement} element what is dragged
 * @param {{move: (motion: Motion) => void, end: (motion: Motion) => void, always: () => void}} drag `always` is called last
 */
export function drag(press, element, { move, end, always }) {
  const scrolled = scrollY;
  let begun = false;
  const motionOf = (/** @type {PointerEvent} */ event) => ({
    dx: event.clientX - press.clientX, dy: event.clientY - press.clientY + scrollY - scrolled, x: event.clientX, y: event.clientY,
  });
  const moved = (/** @type {PointerEvent} */ event) => {
    const motion = motionOf(event);
    if (!begun && Math.hypot(motion.dx, motion.dy) < SLACK_PX) return;
    if (!begun) begin(press, element);
    begun = true;
    scrollAtEdge(event.clientY);
    move(motion);
  };
  const over = (/** @type {PointerEvent | null} */ event) => {
    stop.abort();
    element.classList.remove('dragged');
    if (!begun) return;
    if (event) end(motionOf(event));
    always();
  };
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('pointermove', moved, { signal });
  addEventListener('pointerup', (event) => over(event), { signal });
  addEventListener('pointercancel', () => over(null), { signal });
  addEventListener('keydown', (event) => event.key === 'Escape' && over(null), { signal });
}

/**
 * @param {PointerEvent} press
 * @param {HTMLElement} element
 */
function begin(press, element) {
  element.classList.add('dragged');
  getSelection()?.removeAllRanges();
  if (element.hasPointerCapture(press.pointerId) === false) element.setPointerCapture(press.pointerId);
}

/** @param {number} y */
function scrollAtEdge(y) {
  if (y < EDGE_PX) scrollBy(0, -12);
  if (y > innerHeight - EDGE_PX) scrollBy(0, 12);
}
