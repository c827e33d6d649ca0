import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { withLateSchemas } from './scripts/lib/lateSchemas';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') };

/**
 * Built into the program, because each module of its own costs a start some tenths of a millisecond. Other dependencies have native
 * parts, or are big and loaded only when they are needed.
 */
const bundled = [
  '@orpc/client',
  '@orpc/contract',
  '@orpc/openapi',
  '@orpc/server',
  '@orpc/standard-server-peer',
  '@orpc/zod',
  '@prometheus-io/client',
  'cockatiel',
  'lru-cache',
  'p-retry',
  'pino',
  'undici',
  'uuidv7',
  'ws',
  'zod',
];

/**
 * Lets the schemas of the shared rooms fall out of the window, which uses only their types: the engine checks what it receives. Making
 * them took a start some 50 ms. The bundler cannot know that a call which makes a schema has no other effect.
 */
const withoutSchemas = (): Plugin => {
  const shared = resolve('src/shared');
  return {
    name: 'without-schemas',
    apply: 'build',
    transform(code, id) {
      if (!id.startsWith(shared)) return null;
      let marked = code;
      for (const statement of this.parse(code, { lang: 'ts' }).body.toReversed()) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (declaration?.type !== 'VariableDeclaration') continue;
        for (const { init } of declaration.declarations.toReversed()) {
          if (!init || init.type === 'ArrowFunctionExpression') continue;
          const made = code.slice(init.start, init.end);
          if (/\bz\.|Schema\b/.test(made))
            marked = `${marked.slice(0, init.start)}/* @__PURE__ */ (() => (${made}))()${marked.slice(init.end)}`;
        }
      }
      return marked;
    },
    generateBundle(_, bundle) {
      const kept = Object.values(bundle).find(
        (file) => file.type === 'chunk' && Object.keys(file.modules).some((id) => /[/\\]zod[/\\]/.test(id)),
      );
      if (kept) this.error(`${kept.fileName} contains zod: the window uses the types of schemas only.`);
    },
  };
};

/**
 * Loads modules of Node that a dependency names at its head, but needs only for what this program does not do with it (an assertion of
 * a file that it does not open, a client of TLS), when they are first used: at a start they would cost as much as the dependency.
 */
const withLateBuiltins = (): Plugin => ({
  name: 'late-builtins',
  apply: 'build',
  transform(code, id) {
    if (!/[/\\]node_modules[/\\](sonic-boom|thread-stream|ws)[/\\]/.test(id)) return null;
    return code.replaceAll(
      /const (\w+) = require\('(assert|https|tls|zlib)'\);?/g,
      (_, name: string, builtin: string) =>
        `const ${name} = new Proxy(() => {}, {
          get: (_, key) => process.getBuiltinModule('${builtin}')[key],
          apply: (_, self, given) => process.getBuiltinModule('${builtin}')(...given),
        });`,
    );
  },
});

const require = createRequire(import.meta.url);
/**
 * The languages in which text is recognised, and the data on directions (`osd`), each in a package of its own. Tesseract reads them out
 * of one folder.
 */
const languagePackages = {
  fra: require.resolve('@tesseract.js-data/fra/package.json'),
  eng: require.resolve('@tesseract.js-data/eng/package.json'),
  osd: require.resolve('@tesseract.js-data/osd/package.json'),
};

/** Puts the data of the languages beside the helper that recognises text: nothing is downloaded when the program runs. */
const withLanguages = (): Plugin => ({
  name: 'languages',
  apply: 'build',
  generateBundle() {
    for (const [language, packageFile] of Object.entries(languagePackages)) {
      const fileName = `${language}.traineddata.gz`;
      const source = readFileSync(join(dirname(packageFile), '4.0.0_best_int', fileName));
      this.emitFile({ type: 'asset', fileName: `languages/${fileName}`, source });
    }
  },
});

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}
const firstPage = ['src/renderer/main.tsx', 'src/renderer/features/chat/index.ts'].map((path) => resolve(path));
let neededAtStart: Set<string> | null = null;

/** True for the modules of the window's frame and of the chat, the page that opens first. */
const ofFirstPage = (id: string, graph: ModuleGraph): boolean => {
  if (!neededAtStart) {
    neededAtStart = new Set();
    const open = [...firstPage];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (neededAtStart.has(next)) continue;
      neededAtStart.add(next);
      open.push(...(graph.getModuleInfo(next)?.importedIds ?? []));
    }
  }
  return neededAtStart.has(id);
};

const ofReact = resolve('src/renderer/app/react.ts');

/**
 * The first page comes as two files: each file costs the browser some milliseconds, also from this machine, but two big ones are read
 * at the same time. React is one of them: the largest part, which changes least, and which runs while the other one is still read.
 */
const fileOf = (id: string, graph: ModuleGraph): string | null => {
  if (/[/\\]node_modules[/\\](react|react-dom|scheduler)[/\\]/.test(id) || id === ofReact) return 'react';
  return ofFirstPage(id, graph) ? 'start' : null;
};

export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [withLateBuiltins(), withLateSchemas(), withLanguages()],
    // The two hosts and the helper processes. hnswlib-node is an optional dependency, which is not left out by itself.
    build: {
      externalizeDeps: { include: ['hnswlib-node'], exclude: bundled },
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          headless: resolve('src/main/headless.ts'),
          search: resolve('src/main/processes/search/searchProcess.ts'),
          ingest: resolve('src/main/processes/ingest/ingestProcess.ts'),
          encode: resolve('src/main/processes/encode/encodeProcess.ts'),
          recognise: resolve('src/main/processes/recognise/recogniseProcess.ts'),
          rerank: resolve('src/main/processes/rerank/rerankProcess.ts'),
        },
        // Without a hash, so that the compiled code of a new version replaces that of the old one.
        output: {
          chunkFileNames: 'chunks/[name].js',
          comments: { legal: true, annotation: false, jsdoc: false },
          // Less to read, and names stay as they are for the traces in the log.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  // A sandboxed preload must be CommonJS.
  preload: { resolve: { alias }, build: { rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } } },
  // electron-vite leaves code as long as it was written; the window starts sooner with less to read.
  renderer: {
    resolve: { alias },
    plugins: [react(), withoutSchemas()],
    build: {
      minify: true,
      rollupOptions: { output: { codeSplitting: { groups: [{ name: fileOf }] } } },
    },
  },
});
