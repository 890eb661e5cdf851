/** Words in the page's language: messages of the interface by `t`, bilingual content by `text`. */
import messages from '#hub/web/messages.js';

/** @typedef {{ko: string, en: string}} Text Content in both languages, as documents carry it. */

/**
 * The page's language, from `<html lang>`; Korean outside a page.
 * @returns {'ko' | 'en'}
 */
export function lang() {
  return globalThis.document?.documentElement.lang === 'en' ? 'en' : 'ko';
}

/**
 * Translate a Korean msgid and fill its `{name}` placeholders; one without a value stays as written.
 * @param {string} msgid
 * @param {Record<string, string | number>} [args]
 */
export function t(msgid, args = {}) {
  return fill(messages[msgid] ?? msgid, args);
}

/**
 * Pick the page's language of bilingual content; a plain string is itself, nothing is the empty string.
 * @param {Text | string | null | undefined} content
 */
export function text(content) {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  return content[lang()] || content.ko;
}

/**
 * @param {string} message
 * @param {Record<string, string | number>} args
 */
function fill(message, args) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
}
