/** How long to wait before trying again. */

/**
 * The wait before attempt number `attempt` (the first is 0): doubling from `base` to `cap`, of which a random half is kept,
 * so that many browsers do not come back together.
 * @param {number} attempt
 * @param {{base?: number, cap?: number, random?: () => number}} [options] milliseconds
 * @returns {number} milliseconds
 */
export function backoff(attempt, { base = 500, cap = 15_000, random = Math.random } = {}) {
  const whole = Math.min(cap, base * 2 ** attempt);
  return Math.round(whole * (0.5 + random() / 2));
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
