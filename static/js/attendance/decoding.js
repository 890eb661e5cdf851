/** What a text file says: UTF-8 or UTF-16, else the encoding of Korean Windows. */

/**
 * @param {ArrayBuffer} data
 * @returns {string}
 */
export function decoded(data) {
  const [first, second] = new Uint8Array(data, 0, Math.min(2, data.byteLength));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(data);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('euc-kr').decode(data);
  }
}
