// Builds what pages load: of each script and style sheet that a template names, one minified file with all that it
// imports, under a name that changes with its content. A script is built for each language, with its words in the place
// of the Korean ones. Writes static/built/manifest.json: script → language → its files, `first` the one to be run and those to be loaded
// beside it, `later` what it imports when it is needed, by module; style sheet → its file. What is built is made aside and
// then swapped in.
//
// Usage: node tools/bundle.mjs NODE_MODULES < CATALOGUES (JSON: language → module → msgid → translation)

import { createRequire } from 'node:module';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { writeCompressed } from './compressing.mjs';

/** @typedef {Record<string, Record<string, string>>} Catalogue module → msgid → translation */
/** @typedef {import('esbuild').Plugin} Plugin */
/** @typedef {import('esbuild').BuildOptions} BuildOptions */
/** @typedef {import('esbuild').BuildResult<{write: false, metafile: true}>} Built */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'static', 'js');
const target = join(root, 'static', 'built');
const aside = join(root, 'static', `built.${process.pid}`);
/** Where npm put the packages; `tools/prepare.py` names another place when it throws them away afterwards. */
const modules = resolve(process.argv[2] ?? join(root, 'node_modules'));
/** @type {typeof import('esbuild')} */
const { build } = createRequire(join(modules, 'index.js'))('esbuild');

const EVERY_PAGE = { module: 'web/page', stylesheet: 'web' };
const NAMED = /\{% set (module|stylesheet) = '([^']+)' %\}/g;

/** @type {BuildOptions & {write: false, metafile: true}} */
const shared = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  metafile: true,
  write: false,
  sourcemap: 'linked',
  sourcesContent: false,
  absWorkingDir: root,
  outdir: target,
  external: ['*.woff2'],
  logLevel: 'error',
};

/** Which scripts and style sheets the templates name. @returns {Promise<{module: string[], stylesheet: string[]}>} */
async function named() {
  const folder = join(root, 'templates');
  const pages = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  const texts = await Promise.all(pages.map((page) => readFile(join(folder, page), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(NAMED)]);
  const of = (/** @type {'module' | 'stylesheet'} */ kind) => {
    const names = found.filter((match) => match[1] === kind).map((match) => String(match[2]));
    return [...new Set([EVERY_PAGE[kind], ...names])].sort();
  };
  return { module: of('module'), stylesheet: of('stylesheet') };
}

/**
 * Build a screen: what every page does, and its own module. What it loads later, and what that shares with it, are files of their own.
 * @param {string} module
 * @param {Plugin[]} [translated] puts another language in
 */
function screen(module, translated = []) {
  return build({
    ...shared,
    stdin: { contents: `import '#hub/${EVERY_PAGE.module}.js';\nimport '#hub/${module}.js';\n`, resolveDir: root },
    format: 'esm',
    target: 'es2022',
    splitting: true,
    entryNames: `${module}-[hash]`,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [ours, ...translated, installed],
  });
}

/** Finds the modules of the hub. @type {Plugin} */
const ours = {
  name: 'hub',
  setup({ onResolve }) {
    onResolve({ filter: /^#hub\// }, ({ path }) => ({ path: join(sources, path.slice('#hub/'.length)) }));
  },
};

/** The words of a module: the first argument of each `t(...)`, which always stands in place (`tools/browser_words.py`). */
const SAID = /(?<![\w.$])(?<!function )(t\(\s*)('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)(?=\s*[,)])/g;

/**
 * Puts the words of a language in the place of the Korean ones, so that a page loads one language only.
 * @param {Catalogue} catalogue
 * @returns {Plugin}
 */
function translating(catalogue) {
  /** @type {Map<string, Promise<string>>} */
  const made = new Map();
  const translated = async (/** @type {string} */ path) => {
    const messages = catalogue[relative(root, path)] ?? {};
    return (await readFile(path, 'utf8')).replace(SAID, (_, call, literal) => {
      const msgid = String(runInNewContext(literal));
      return call + JSON.stringify(messages[msgid] ?? msgid);
    });
  };
  const once = (/** @type {string} */ path) => {
    const found = made.get(path) ?? translated(path);
    made.set(path, found);
    return found;
  };
  return {
    name: 'translating',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/, namespace: 'file' }, async ({ path }) => (path.startsWith(sources) ? { contents: await once(path) } : undefined));
    },
  };
}

/**
 * Finds the packages of npm; what is built names them, and not where they lie, so it is the same wherever that is. Of Socket.IO's ways
 * the one that the hub does not speak is left out.
 * @type {Plugin}
 */
const installed = {
  name: 'npm',
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /^[^/]/ }, async ({ path, importer, namespace, kind, pluginData }) => {
      if (pluginData === installed.name) return undefined;
      const resolveDir = namespace === 'npm' ? dirname(join(modules, importer)) : modules;
      const found = await find(path, { resolveDir, kind, pluginData: installed.name });
      return found.errors.length > 0 ? found : { path: relative(modules, found.path), namespace: 'npm', sideEffects: found.sideEffects };
    });
    onLoad({ filter: /[\\/]transports[\\/]webtransport\.js$/, namespace: 'npm' }, () => ({ contents: 'export class WT {}' }));
    onLoad({ filter: /./, namespace: 'npm' }, async ({ path }) => ({ contents: await readFile(join(modules, path), 'utf8') }));
  },
};

/**
 * Build a screen in each language.
 * @param {string} module
 * @param {[language: string, plugin: Plugin][]} others the languages beside Korean
 */
async function inEachLanguage(module, others) {
  const builds = [screen(module), ...others.map(([, plugin]) => screen(module, [plugin]))];
  const languages = ['ko', ...others.map(([language]) => language)];
  const built = (await Promise.all(builds)).map((result, index) => /** @type {const} */ ([String(languages[index]), result]));
  for (const [, { outputFiles }] of built) await write(outputFiles);
  return Object.fromEntries(built.map(([language, { metafile }]) => [language, partsOf(metafile)]));
}

/**
 * The files of a screen, and of each module of ours that it imports later those that are not among them.
 * @param {import('esbuild').Metafile} metafile
 */
function partsOf(metafile) {
  const first = filesOf(metafile, '<stdin>');
  const entries = Object.values(metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  const own = entries.filter((entry) => entry.startsWith('static/js/')).sort();
  const later = own.map((entry) => [entry.slice('static/js/'.length, -'.js'.length), filesOf(metafile, entry).filter((name) => !first.includes(name))]);
  return { first, later: Object.fromEntries(later) };
}

/**
 * The file of what was asked for and the files that it imports at once, relative to static/built.
 * @param {import('esbuild').Metafile} metafile
 * @param {string} entry its source
 */
function filesOf({ outputs }, entry) {
  const found = new Set(Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === entry));
  for (const name of found) {
    const imports = outputs[name]?.imports ?? [];
    imports.filter(({ kind }) => kind === 'import-statement').forEach(({ path }) => found.add(path));
  }
  return [...found].map((name) => relative(target, join(root, name)));
}

/** @param {string} sheet @returns {Promise<string>} its file, relative to static/built */
async function style(sheet) {
  const source = `static/css/${sheet}.css`;
  const { outputFiles, metafile } = await build({ ...shared, entryPoints: [source], entryNames: 'css/[name]-[hash]' });
  await write(outputFiles);
  const [file] = filesOf(metafile, source);
  if (!file) throw new Error(`${source} built nothing`);
  return file;
}

/** @param {import('esbuild').OutputFile[]} files */
async function write(files) {
  for (const { path, contents } of files) {
    const place = join(aside, relative(target, path));
    await mkdir(dirname(place), { recursive: true });
    await Promise.all([writeFile(place, contents), writeCompressed(place, contents)]);
  }
}

const catalogues = /** @type {Record<string, Catalogue>} */ (await json(process.stdin));
const others = Object.entries(catalogues).map(([language, catalogue]) => /** @type {[string, Plugin]} */ ([language, translating(catalogue)]));
const { module: scripts, stylesheet: sheets } = await named();
const manifest = {
  scripts: Object.fromEntries(await Promise.all(scripts.map(async (name) => [name, await inEachLanguage(name, others)]))),
  styles: Object.fromEntries(await Promise.all(sheets.map(async (name) => [name, await style(name)]))),
};
await writeFile(join(aside, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(aside, target);
