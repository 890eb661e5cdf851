/** The fields of a conference's texts: those of its languages only, the main one first. */

/**
 * Keep the fields as the choice of languages says. What was typed in a language that is not chosen comes back with it.
 * @param {HTMLSelectElement} choice its value names the languages: `ko en`
 */
export function keepLanguages(choice) {
  choice.addEventListener('change', () => showLanguages(choice));
  showLanguages(choice);
}

/** @param {HTMLSelectElement} choice */
function showLanguages(choice) {
  const chosen = choice.value.split(' ');
  for (const group of choice.form?.querySelectorAll('.field-texts:has([lang])') ?? []) {
    const fields = new Map([...group.children].map((field) => [field.querySelector('[lang]')?.getAttribute('lang') ?? '', /** @type {HTMLElement} */ (field)]));
    for (const [code, field] of fields) field.hidden = !chosen.includes(code);
    group.append(...chosen.flatMap((code) => fields.get(code) ?? []));
  }
}
