/** Who speaks, as one line: `홍길동 (장관), 김은영 (국장) ← 이철수`: the last one reads for 이철수. */

/** @typedef {import('#hub/agenda/editor/model.js').Speaker} Speaker */

/**
 * @param {string} line
 * @returns {Speaker[]}
 */
export function parseSpeakers(line) {
  return line
    .split(/[,;\n、]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(speakerOf);
}

/** @param {Speaker[]} speakers */
export function writeSpeakers(speakers) {
  return speakers.map(({ name, role, reads_for }) => `${name}${role ? ` (${role})` : ''}${reads_for ? ` ← ${reads_for}` : ''}`).join(', ');
}

/**
 * @param {string} words
 * @returns {Speaker}
 */
function speakerOf(words) {
  const [own, ...others] = words.split(/←|<-|\[대독:?|\(대독:?/);
  const found = /^(.*?)\s*\(([^()]*)\)\s*$/.exec(own.trim());
  const readsFor = others.join(' ').replace(/[\])]\s*$/, '').trim();
  return { name: (found ? found[1] : own).trim(), role: found ? found[2].trim() : '', reads_for: readsFor || null };
}
