/**
 * The browser's catalogue, msgid → translation. Korean is the source language and needs none; in the bundle of a screen
 * for another language, what that screen says in it stands here (`tools/bundle.mjs`).
 * @type {Record<string, string>}
 */
const messages = {};
export default messages;
