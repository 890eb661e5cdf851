/** The rules of the proof: which digests follow from what is opened. */
import { text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').ProofAnswer['commitments'][number]} Committed */
/** @typedef {{whole: boolean, lines: {salt: string, text: string, matches: boolean}[]}} Verdict */

/**
 * Check one commitment: `whole`, that its digest is over its digests, and each opened line.
 * @param {Pick<Committed, 'digest' | 'digests' | 'opened'>} one
 * @returns {Promise<Verdict>}
 */
export async function checked(one) {
  const known = new Set(one.digests);
  const lines = await Promise.all(one.opened.map(async (line) => ({ ...line, matches: known.has(await sha256(`${line.salt}\n${line.text}`)) })));
  return { whole: (await sha256([...one.digests].sort().join('\n'))) === one.digest, lines };
}

/**
 * A line as people read it: level, who, organisation.
 * @param {string} line
 */
export function who(line) {
  const { level, recipient, organisation } = JSON.parse(line);
  return [text(level), recipient, organisation].filter(Boolean).join(' · ');
}

/** @param {string} words */
async function sha256(words) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
