/** Where this browser and this tab keep what belongs to the editor. */

/** @returns {Storage | null} null where the browser gives none */
export function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/** A name of this tab that a reload keeps. */
export function tabName() {
  try {
    const known = sessionStorage.getItem('plan-tab') ?? crypto.randomUUID();
    sessionStorage.setItem('plan-tab', known);
    return known;
  } catch {
    return crypto.randomUUID();
  }
}
