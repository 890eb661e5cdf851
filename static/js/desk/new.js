/** The form of a new conference: suggests its address from the title, its end and the day until which data are kept, until these are typed. */
import { keepContrast } from '#hub/desk/accent.js';
import { keepLanguages } from '#hub/desk/languages.js';
import { need } from '#hub/web/dom.js';
import { halfAYearLater, sameDay, slugOf } from '#hub/desk/suggest.js';

keepContrast();
keepLanguages(need('#languages'));

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (need(`#${id}`));
const [titleKo, titleEn, slug, starts, ends, purge] = ['title_ko', 'title_en', 'slug', 'starts_at', 'ends_at', 'purge_on'].map(input);
const typed = new Set(slug.value ? [slug] : []);
for (const field of [slug, ends, purge]) field.addEventListener('input', () => typed.add(field));

for (const title of [titleEn, titleKo]) title.addEventListener('input', suggestSlug);
starts.addEventListener('change', () => {
  if (!typed.has(ends)) ends.value = sameDay(starts.value, ends.value);
  suggestSlug();
  suggestPurge();
});
ends.addEventListener('change', suggestPurge);

function suggestSlug() {
  if (!typed.has(slug)) slug.value = slugOf([titleEn.value, titleKo.value], starts.value.slice(0, 4));
}

function suggestPurge() {
  if (!typed.has(purge)) purge.value = halfAYearLater(ends.value);
}
