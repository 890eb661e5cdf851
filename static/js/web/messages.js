/**
 * The browser's catalogue, msgid → translation. Korean is the source language and needs none; for another language the
 * import map points `#hub/web/messages.js` to that language's catalogue.
 * @type {Record<string, string>}
 */
const messages = {};
export default messages;
