/** Words in the page's language: messages of the interface by `t`, bilingual content by `text`. */

/** @typedef {{ko: string, en: string}} Text Content as documents carry it; a wording that was not given is empty. */

/**
 * The page's language, from `<html lang>`; Korean outside a page.
 * @returns {'ko' | 'en'}
 */
export function lang() {
  return globalThis.document?.documentElement.lang === 'en' ? 'en' : 'ko';
}

/**
 * Fill the `{name}` placeholders of a message; one without a value stays as written. In the bundle of a screen for another language its
 * words stand in the place of the Korean ones (`tools/bundle.mjs`).
 * @param {string} msgid Korean, as a literal
 * @param {Record<string, string | number>} [args]
 */
export function t(msgid, args = {}) {
  return fill(msgid, args);
}

/**
 * Pick the page's language of content, or the one there is; a plain string is itself, nothing is the empty string.
 * @param {Text | string | null | undefined} content
 */
export function text(content) {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  return content[lang()] || content.ko || content.en;
}

/**
 * The language in which `text` renders content, when it is not the page's: for the `lang` of what shows it.
 * @param {Text | string | null | undefined} content
 * @returns {'ko' | 'en' | null}
 */
export function otherLanguage(content) {
  if (!content || typeof content === 'string' || content[lang()]) return null;
  return content.ko ? 'ko' : 'en';
}

/**
 * @param {string} message
 * @param {Record<string, string | number>} args
 */
function fill(message, args) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
}
