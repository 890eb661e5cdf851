// Compresses at set-up what the server answers with: `name.br` and `name.gz` beside a file, where that is smaller.

import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|wasm|svg)$/;
const WORTH_IT = 1024;

/**
 * Write both compressed forms of a file; none of one that is small, or of a kind that is compressed already.
 * @param {string} path
 * @param {Uint8Array} contents
 */
export async function writeCompressed(path, contents) {
  if (!COMPRESSIBLE.test(path) || contents.length < WORTH_IT) return;
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(contents, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: contents.length } }),
    promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipped)]);
}
