/** Which elements stand in the window or near it, so that others need not be drawn each second. */

/** How far outside of the window is near, in its heights. */
const NEAR = '100%';

export class InSight {
  /** @type {WeakSet<Element>} */
  #away = new WeakSet();
  #observer;

  /** @param {(element: Element) => void} onCome called with an element that comes near after it was away */
  constructor(onCome) {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const came = isIntersecting && this.#away.delete(target);
          if (!isIntersecting) this.#away.add(target);
          if (came) onCome(target);
        }
      },
      { rootMargin: NEAR },
    );
  }

  /** @param {Element} element */
  watch(element) {
    this.#observer.observe(element);
  }

  /**
   * Whether an element is near; true until it is known.
   * @param {Element} element
   */
  has(element) {
    return !this.#away.has(element);
  }
}
