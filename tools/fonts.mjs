// Makes static/fonts of Pretendard, in the weights that the hub uses: one file of Latin letters and signs, one of the
// syllables that the interface says, and many small ones of all others, of which browsers load those that a page shows.
// first.css has the faces of the first two, for every style sheet; the manifest names the sheet of the others, and the
// font of all of them (`all`) of which the server makes one of what a conference says (`web/typeface.py`). The licence of Pretendard keeps its name for the unchanged typeface: what is made here is called Hub Sans.
//
// Usage: node tools/fonts.mjs NODE_MODULES < TEXT (what the interface says)

import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { writeCompressed } from './compressing.mjs';

/** @typedef {(font: Uint8Array, text: string, options: object) => Promise<Uint8Array>} SubsetFont */
/** @typedef {{characters: string[], ranges?: string}} Piece the characters of a font, and for which a browser loads it where these are others */
/** @typedef {{folder: string, family: string}} Sheet where the files lie, as the style sheet that names them sees it, and their family */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = resolve(process.argv[2] ?? join(root, 'node_modules'));
const target = join(root, 'static', 'fonts');
const aside = join(root, 'static', `fonts.${process.pid}`);
const pretendard = join(modules, 'pretendard', 'dist');
const installed = createRequire(join(modules, 'index.js'));
/** @type {SubsetFont} */
const subsetFont = installed('subset-font');
/** @type {{convert: (font: Uint8Array, format: string) => Promise<Uint8Array>}} */
const fontverter = installed('fontverter');

const HANGUL = /[가-힣]/u;
/** Its own name and another of the same length, for the names by which programs know a typeface (OpenType, `name` table). */
const [RESERVED, GIVEN] = ['Pretendard', 'HubSansWeb'];
const COPYRIGHT = 0;
/** How many syllables one of the small files has: a name with a rare one costs 3 kB. */
const FEW = 24;
/** How many of the syllables that hardly any text has lie in a file, in the order of the alphabet. */
const MANY = 150;
/** Of the slices of Pretendard those after this one hold the syllables of everyday texts, the most usual last. */
const EVERYDAY = 73;
const MADE = {
  targetFormat: 'truetype',
  variationAxes: { wght: { min: 400, max: 800, default: 400 } },
  keepFeatures: ['calt', 'ccmp', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'tnum'],
  noHinting: true,
};
/** Of the font that the server takes letters from: syllables need no features. */
const SOURCE = { ...MADE, keepFeatures: [] };

/** The slices of Pretendard's own web fonts, as characters: what it has, the usual together. @returns {Promise<string[][]>} */
async function slices() {
  const css = await readFile(join(pretendard, 'web', 'variable', 'pretendardvariable-dynamic-subset.css'), 'utf8');
  return [...css.matchAll(/unicode-range: ([^;]+);/g)].map(([, ranges]) => String(ranges).split(',').flatMap(charactersOf));
}

/** @param {string} range such as `U+ac00-ac0f` */
function charactersOf(range) {
  const [first = 0, last = first] = range
    .trim()
    .slice('U+'.length)
    .split('-')
    .map((number) => parseInt(number, 16));
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}

/** @template T @param {T[]} all @param {number} size */
function pieces(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/**
 * Make a font of some characters and return its face.
 * @param {Uint8Array} font
 * @param {Piece} piece
 * @param {Sheet} sheet
 */
async function face(font, { characters, ranges = rangesOf(characters) }, { folder, family }) {
  const made = await fontverter.convert(await ofCharacters(font, characters, MADE), 'woff2');
  const file = `hub-sans-${digest(made)}.woff2`;
  await writeFile(join(aside, file), made);
  return `@font-face{font-family:'${family}';font-weight:400 800;font-display:swap;src:url('${folder}${file}') format('woff2');unicode-range:${ranges}}\n`;
}

/** @param {Uint8Array} font @param {string[]} characters @param {object} options */
async function ofCharacters(font, characters, options) {
  return renamed(Buffer.from(await subsetFont(font, characters.join(''), options)));
}

/** Give a font its other name; who holds the rights to it stays. @param {Buffer} made a TrueType font, which is changed */
function renamed(made) {
  const entry = Array.from({ length: made.readUInt16BE(4) }, (_, index) => 12 + 16 * index).find((at) => made.toString('latin1', at, at + 4) === 'name');
  if (entry === undefined) throw new Error('a font without names');
  const table = made.readUInt32BE(entry + 8);
  const texts = table + made.readUInt16BE(table + 4);
  for (let index = 0; index < made.readUInt16BE(table + 2); index += 1) {
    const record = table + 6 + 12 * index;
    if (made.readUInt16BE(record + 6) === COPYRIGHT) continue;
    const at = texts + made.readUInt16BE(record + 10);
    const words = made.subarray(at, at + made.readUInt16BE(record + 8));
    for (const form of [(/** @type {string} */ name) => Buffer.from(name, 'latin1'), (/** @type {string} */ name) => Buffer.from(name, 'utf16le').swap16()]) {
      const found = words.indexOf(form(RESERVED));
      if (found >= 0) form(GIVEN).copy(words, found);
    }
  }
  return made;
}

/** @param {string[]} characters */
function rangesOf(characters) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const code of characters.map((character) => character.codePointAt(0) ?? 0).sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  const hex = (/** @type {number} */ code) => code.toString(16);
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}

/** @param {string | undefined} character */
function codeOf(character = '') {
  return (character.codePointAt(0) ?? 0).toString(16);
}

/** @param {Uint8Array | string} contents */
function digest(contents) {
  return createHash('sha256').update(contents).digest('hex').slice(0, 12);
}

const font = await readFile(join(pretendard, 'public', 'variable', 'PretendardVariable.ttf'));
const parts = await slices();
const said = new Set([...charactersOf('U+20-7e'), ...(await text(process.stdin))]);
const shown = parts.flat().filter((character) => said.has(character));
const first = [shown.filter((character) => !HANGUL.test(character)), shown.filter((character) => HANGUL.test(character))];
const others = parts.map((part) => part.filter((character) => !said.has(character)));
const rare = others.slice(0, EVERYDAY);
const signs = rare.map((part) => part.filter((character) => !HANGUL.test(character)));
const syllables = rare.flat().filter((character) => HANGUL.test(character)).sort();
/** @param {string[]} characters @returns {Piece} */
const exact = (characters) => ({ characters });
/** From the first to the last: of the face that is named last, and of the family that is named first, a browser takes what lies between. @param {string[]} characters @returns {Piece} */
const stretch = (characters) => ({ characters, ranges: `U+${codeOf(characters[0])}-${codeOf(characters.at(-1))}` });
const usual = pieces(others.slice(EVERYDAY).reverse().flat(), FEW);
const rest = [...pieces(syllables, MANY).map(stretch), ...[...signs, ...usual].filter((part) => part.length > 0).map(exact)];

await mkdir(aside, { recursive: true });
const about = "/* Made from Pretendard, Copyright (c) 2021 Kil Hyung-jin, SIL Open Font License 1.1: see LICENSE.txt. By tools/fonts.mjs. */\n";
const faces = async (/** @type {Piece[]} */ all, /** @type {Sheet} */ of) => {
  const made = [];
  for (const piece of all) made.push(await face(font, piece, of));
  return about + made.join('');
};
const sheet = await faces(rest, { folder: './', family: 'Hub More' });
const name = `rest-${digest(sheet)}.css`;
await writeFile(join(aside, 'first.css'), await faces(first.map(exact), { folder: '../../fonts/', family: 'Hub Sans' }));
await writeFile(join(aside, name), sheet);
await writeCompressed(join(aside, name), Buffer.from(sheet));
await copyFile(join(pretendard, 'LICENSE.txt'), join(aside, 'LICENSE.txt'));
const source = await ofCharacters(font, others.flat(), SOURCE);
const all = `hub-sans-${digest(source)}.ttf`;
await writeFile(join(aside, all), source);
await writeFile(join(aside, 'manifest.json'), `${JSON.stringify({ rest: name, all })}\n`);
await rm(target, { recursive: true, force: true });
await rename(aside, target);
