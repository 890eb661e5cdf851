/** Who speaks in a cue, in words: `장관 안경덕`, and who reads for whom: `장관 안경덕 (대독 차관 박화진)`. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').CueDoc['speakers'][number]} Speaker */

/** @param {Speaker} speaker */
export function speakerWords(speaker) {
  return partsOf(speaker).join(' ');
}

/** @param {readonly Speaker[]} speakers in their order */
export function speakersWords(speakers) {
  return speakers.map(speakerWords).join(', ');
}

/**
 * Write who speaks, so that a line breaks between a person and their reader before it breaks within one of them.
 * @param {Element} element
 * @param {readonly Speaker[]} speakers
 */
export function drawSpeakers(element, speakers) {
  if (element.textContent === speakersWords(speakers)) return;
  const parts = speakers.flatMap((speaker, index) => {
    const own = partsOf(speaker);
    return own.map((words, place) => words + (place === own.length - 1 && index < speakers.length - 1 ? ',' : ''));
  });
  element.replaceChildren(...parts.flatMap((words) => [' ', el('span', { class: 'speaker-part' }, words)]).slice(1));
}

/** @param {Speaker} speaker */
function partsOf({ role, name, reads_for: absent }) {
  const who = [role, name].filter(Boolean).join(' ');
  return absent ? [absent, t('(대독 {who})', { who })] : [who];
}
