/** Which elements stand in the window or near it, so that others need not be drawn each second. */

/** How far outside of the window is near, in its heights. */
const NEAR = '100%';

export class InSight {
  /** @type {WeakMap<Element, boolean>} whether it is near, of what is watched and known */
  #near = new WeakMap();
  #observer;

  /** @param {() => void} onCome called when any have come near, once for all that did so together */
  constructor(onCome) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        const came = entries.some(({ target, isIntersecting }) => isIntersecting && this.#near.get(target) !== true);
        for (const { target, isIntersecting } of entries) this.#near.set(target, isIntersecting);
        if (came) onCome();
      },
      { rootMargin: NEAR },
    );
  }

  /** @param {Element} element */
  watch(element) {
    this.#observer.observe(element);
  }

  /**
   * Whether an element is near; undefined until it is known.
   * @param {Element} element
   */
  has(element) {
    return this.#near.get(element);
  }
}
