// Copies what is loaded as it is, fonts and WebAssembly, from node_modules into static/vendor, each library in a directory
// named by its version, and writes static/vendor/manifest.json: name → directory. The copy is made aside and then swapped in.

import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCompressed } from './compressing.mjs';

/** Where things lie in a package, and which of them browsers need. */
const LIBRARIES = [
  // what the hub itself sets certificates in: Pretendard, and Noto Sans for letters that it does not have
  {
    name: 'pretendard',
    from: 'dist/public/static/alternative',
    files: ['Pretendard-Regular.ttf', 'Pretendard-Bold.ttf'],
  },
  { name: '@expo-google-fonts/noto-sans-kr', from: '', files: ['700Bold/NotoSansKR_700Bold.ttf', 'LICENSE_FONT'] },
  { name: '@expo-google-fonts/noto-sans-arabic', from: '', files: ['700Bold/NotoSansArabic_700Bold.ttf', 'LICENSE_FONT'] },
  { name: 'zxing-wasm', from: 'dist/reader', files: ['zxing_reader.wasm'] },
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where npm put the packages; `tools/prepare.py` names another place when it throws them away afterwards. */
const modules = process.argv[2] ?? join(root, 'node_modules');
const target = join(root, 'static', 'vendor');
const aside = join(root, 'static', `vendor.${process.pid}`);

/** @param {string} name @returns {Promise<any>} */
async function packageOf(name) {
  return JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8'));
}

/** @param {typeof LIBRARIES[number]} library @returns {Promise<[string, string]>} */
async function copy({ name, from, files }) {
  const { version } = await packageOf(name);
  const directory = `${name}-${version}`;
  for (const file of files) {
    const source = join(modules, name, from, file);
    await cp(source, join(aside, directory, file), { recursive: true });
    if (/\.\w+$/.test(file)) await writeCompressed(join(aside, directory, file), await readFile(source));
  }
  return [name, directory];
}

/** The scanner is compiled against one exact version of its WebAssembly: any other fails at run time. */
async function checkScanner() {
  const wanted = (await packageOf('barcode-detector')).dependencies['zxing-wasm'];
  const { version } = await packageOf('zxing-wasm');
  if (wanted !== version) throw new Error(`barcode-detector needs zxing-wasm ${wanted}, not ${version}`);
}

await checkScanner();
await mkdir(aside, { recursive: true });
const manifest = Object.fromEntries(await Promise.all(LIBRARIES.map(copy)));
await writeFile(join(aside, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(aside, target);
