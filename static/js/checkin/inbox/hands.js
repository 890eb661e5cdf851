/** When nobody is about to press anything: no pointer, key or scrolling for a while. */

const CALM_MS = 10_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchmove'];

/**
 * Call `act` each time when nobody has touched the page for ten seconds.
 * @param {() => void} act
 */
export function whenCalm(act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      act();
      wait();
    }, CALM_MS);
  };
  for (const sign of SIGNS) document.addEventListener(sign, wait, { passive: true, capture: true });
  wait();
}
