/** Dragging with a pointer: a press becomes a drag after a few pixels, Escape ends it where it began. */

const SLACK_PX = 5;
const EDGE_PX = 40;
const STEP_PX = 12;

/** @typedef {{dx: number, dy: number, x: number, y: number}} Motion pixels since the press, scrolling included, and the pointer's place */

/**
 * Follow a pointer from its press.
 * @param {PointerEvent} press
 * @param {HTMLElement} element what is dragged
 * @param {{move: (motion: Motion) => void, end: (motion: Motion) => void, always: () => void}} drag `always` is called last
 */
export function drag(press, element, { move, end, always }) {
  const frame = element.closest('[data-scrolls]');
  const scroll = () => [scrollX + (frame?.scrollLeft ?? 0), scrollY + (frame?.scrollTop ?? 0)];
  const from = scroll();
  let begun = false;
  const motionOf = (/** @type {PointerEvent} */ event) => ({
    dx: event.clientX - press.clientX + scroll()[0] - from[0], dy: event.clientY - press.clientY + scroll()[1] - from[1], x: event.clientX, y: event.clientY,
  });
  const moved = (/** @type {PointerEvent} */ event) => {
    const motion = motionOf(event);
    if (!begun && Math.hypot(motion.dx, motion.dy) < SLACK_PX) return;
    if (!begun) begin(press, element);
    begun = true;
    scrollAtEdge(event, frame);
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

/**
 * @param {PointerEvent} event
 * @param {Element | null} frame
 */
function scrollAtEdge({ clientX, clientY }, frame) {
  const { top, bottom, left, right } = frame?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight, left: 0, right: innerWidth };
  const by = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ high) => (at < low + EDGE_PX ? -STEP_PX : at > high - EDGE_PX ? STEP_PX : 0);
  const down = by(clientY, Math.max(0, top), Math.min(innerHeight, bottom));
  frame?.scrollBy(by(clientX, Math.max(0, left), Math.min(innerWidth, right)), down);
  if (clientY < EDGE_PX || clientY > innerHeight - EDGE_PX) scrollBy(0, down);
}
