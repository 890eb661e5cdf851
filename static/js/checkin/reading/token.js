/**
 * Badge tokens in what scanners type and cameras see: 26 characters `A-Z2-7`. The hub reads in the same way
 * (conference_hub/checkin/token.py, which says what is taken); tests/golden/badge-codes.json holds both to it.
 */

/** @typedef {{kind: 'token', token: string} | {kind: 'several', tokens: string[]} | {kind: 'none'}} TokenReading */

const LENGTH = 26;
const TOKENS = /^(?:[A-Z2-7]{26})+$/;
const IN_ADDRESS = /(?<![A-Z0-9])[A-Z2-7]{26}(?![A-Z0-9])/g;
const SCHEME = /(?=HTTPS?:\/\/)/;
const HOST = /(?:HTTPS?:)?\/\/[^/?#]*|^[^/?#]*\.[^/?#]*(?=\/)/;
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;
const UNSEEN = /[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const BLANKS = /[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const SEPARATORS = /[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-_.·–—]+/g;
const SYMBOLOGY = /\][A-Z][0-9A-Z]/g;
const SIGNS = /[^A-Z0-9\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-_.·–—]+/;
/** @type {Record<string, string>} */
const LOOK_ALIKE = { 0: 'O', 1: 'I', 8: 'B' };

/**
 * Read what was scanned or typed; two scans that ran together are several tokens.
 * @param {string} text
 * @returns {TokenReading}
 */
export function readToken(text) {
  const tokens = readTokens(text);
  if (tokens.length > 1) return { kind: 'several', tokens };
  return tokens[0] ? { kind: 'token', token: tokens[0] } : { kind: 'none' };
}

/**
 * The tokens in `text`, in their order.
 * @param {string} text
 * @returns {string[]}
 */
export function readTokens(text) {
  const plain = narrow(unescaped(text)).replace(UNSEEN, '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (plain.includes('/')) return plain.split(SCHEME).flatMap(inAddress);
  const framed = plain.replace(SYMBOLOGY, '*');
  const pieces = [[plain], framed.split(SIGNS), framed.replace(BLANKS, '*').split(SIGNS)];
  return pieces.map((some) => some.flatMap(whole)).find((tokens) => tokens.length > 0) ?? [];
}

/** @param {string} address */
function inAddress(address) {
  return [...new Set(address.trim().replace(HOST, '').match(IN_ADDRESS))];
}

/** @param {string} piece */
function whole(piece) {
  const compact = piece.replace(SEPARATORS, '').replace(/[018]/g, (digit) => LOOK_ALIKE[digit] ?? digit);
  if (!TOKENS.test(compact)) return [];
  return Array.from({ length: compact.length / LENGTH }, (_, n) => compact.slice(n * LENGTH, (n + 1) * LENGTH));
}

/** @param {string} text */
function narrow(text) {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(ESCAPES, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
