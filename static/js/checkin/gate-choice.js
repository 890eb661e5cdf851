/** Which gate this device stands at; it is remembered on the device. */

/**
 * @param {HTMLSelectElement} select
 * @param {string} conf
 * @returns {() => string} the chosen gate's id
 */
export function rememberGate(select, conf) {
  const key = `hub.gate.${conf}`;
  const known = localStorage.getItem(key);
  if ([...select.options].some((option) => option.value === known)) select.value = known ?? '';
  select.addEventListener('change', () => localStorage.setItem(key, select.value));
  return () => select.value;
}
