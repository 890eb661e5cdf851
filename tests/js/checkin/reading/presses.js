/** Key presses as scanners and people make them. */

/** @typedef {import('#hub/checkin/reading/keyboards.js').Press} Press */

/**
 * One press.
 * @param {Partial<Press>} press
 * @returns {Press}
 */
export function press(press) {
  return { code: '', key: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false, timeStamp: 0, ...press };
}

/**
 * The presses of a scanner set to US keys, as the system's layout writes them.
 * @param {string} text letters, digits
 * @param {(code: string) => string} [key] what the layout writes for a key; a US keyboard's sign if left out
 * @param {{gap?: number, start?: number}} [timing] ms
 */
export function scanned(text, key, { gap = 8, start = 1000 } = {}) {
  return [...text].map((letter, index) => {
    const code = /\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`;
    return press({ code, key: key?.(code) ?? letter, timeStamp: start + index * gap });
  });
}

/** @type {Record<string, string>} */
const FRENCH = { KeyA: 'q', KeyQ: 'a', KeyZ: 'w', KeyW: 'z', KeyM: ',', Digit2: 'é', Digit3: '"', Digit4: "'", Digit5: '(', Digit6: '-', Digit7: 'è' };
/** @type {Record<string, string>} */
const GERMAN = { KeyY: 'z', KeyZ: 'y' };
const DVORAK_FROM = 'abcdefghijklmnopqrstuvwxyz';
const DVORAK_TO = "axje.uidchtnmbrl'poygk,qf;";

const plain = (/** @type {string} */ code) => code.replace(/^Key|^Digit/, '').toLowerCase();

/** What each layout writes for the key of a code. @type {Record<string, (code: string) => string>} */
export const LAYOUTS = {
  german: (code) => GERMAN[code] ?? plain(code),
  french: (code) => FRENCH[code] ?? plain(code),
  dvorak: (code) => (code.startsWith('Key') ? DVORAK_TO[DVORAK_FROM.indexOf(plain(code))] ?? '' : plain(code)),
  hangul: () => 'Process',
};
