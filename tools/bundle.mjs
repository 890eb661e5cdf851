// Builds what pages load: of each script and style sheet that a template names, one minified file with all that it
// imports, under a name that changes with its content. A script is built for each language, with what its screen says
// in it. Writes static/built/manifest.json: script → language → its files, the first to be run, the others to be loaded
// beside it; style sheet → its file. What is built is made aside and then swapped in.
//
// Usage: node tools/bundle.mjs NODE_MODULES < CATALOGUES (JSON: language → module → msgid → translation)

import { createRequire } from 'node:module';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { writeCompressed } from './compressing.mjs';

/** @typedef {Record<string, string>} Messages msgid → translation */
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
 * @param {Messages} messages
 */
function screen(module, messages) {
  return build({
    ...shared,
    stdin: { contents: `import '#hub/${EVERY_PAGE.module}.js';\nimport '#hub/${module}.js';\n`, resolveDir: root },
    format: 'esm',
    target: 'es2022',
    splitting: true,
    entryNames: `${module}-[hash]`,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [ours(messages), installed],
  });
}

/** Finds the modules of the hub, and puts a catalogue in the place of the empty one. @param {Messages} messages @returns {Plugin} */
function ours(messages) {
  return {
    name: 'hub',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#hub\// }, ({ path }) => ({ path: join(sources, path.slice('#hub/'.length)) }));
      onLoad({ filter: /[\\/]web[\\/]messages\.js$/ }, () => ({ contents: `export default ${JSON.stringify(messages)};` }));
    },
  };
}

/** Finds the packages of npm; what is built names them, and not where they lie, so it is the same wherever that is. @type {Plugin} */
const installed = {
  name: 'npm',
  setup({ onResolve, onLoad, resolve: find }) {
    onResolve({ filter: /^[^/]/ }, async ({ path, importer, namespace, kind, pluginData }) => {
      if (pluginData === installed.name) return undefined;
      const resolveDir = namespace === 'npm' ? dirname(join(modules, importer)) : modules;
      const found = await find(path, { resolveDir, kind, pluginData: installed.name });
      return found.errors.length > 0 ? found : { path: relative(modules, found.path), namespace: 'npm', sideEffects: found.sideEffects };
    });
    onLoad({ filter: /./, namespace: 'npm' }, async ({ path }) => ({ contents: await readFile(join(modules, path), 'utf8') }));
  },
};

/**
 * Build a screen in each language.
 * @param {string} module
 * @param {Record<string, Record<string, Messages>>} catalogues language → module → its messages
 */
async function inEachLanguage(module, catalogues) {
  const korean = await screen(module, {});
  const parts = Object.keys(korean.metafile.inputs);
  const others = Object.entries(catalogues).map(async ([language, catalogue]) => {
    const messages = Object.assign({}, ...parts.map((part) => catalogue[part] ?? {}));
    return /** @type {const} */ ([language, await screen(module, messages)]);
  });
  const built = [/** @type {const} */ (['ko', korean]), ...(await Promise.all(others))];
  for (const [, { outputFiles }] of built) await write(outputFiles);
  return Object.fromEntries(built.map(([language, { metafile }]) => [language, filesOf(metafile, '<stdin>')]));
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

const catalogues = /** @type {Record<string, Record<string, Messages>>} */ (await json(process.stdin));
const { module: scripts, stylesheet: sheets } = await named();
const manifest = {
  scripts: Object.fromEntries(await Promise.all(scripts.map(async (name) => [name, await inEachLanguage(name, catalogues)]))),
  styles: Object.fromEntries(await Promise.all(sheets.map(async (name) => [name, await style(name)]))),
};
await writeFile(join(aside, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await rm(target, { recursive: true, force: true });
await rename(aside, target);
