/** Who speaks in a cue, in words: `장관 안경덕`, and who reads for whom: `장관 안경덕 (대독 차관 박화진)`. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').CueDoc['speakers'][number]} Speaker */

/** @param {Speaker} speaker */
export function speakerWords({ role, name, reads_for: absent }) {
  const who = [role, name].filter(Boolean).join(' ');
  return absent ? t('{absent} (대독 {who})', { absent, who }) : who;
}

/** @param {readonly Speaker[]} speakers in their order */
export function speakersWords(speakers) {
  return speakers.map(speakerWords).join(', ');
}
