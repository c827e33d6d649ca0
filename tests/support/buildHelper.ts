import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/**
 * Builds the entry of a helper process, as the program's build does, for tests that need the real process; returns its path. Test
 * files run at the same time, so each gives its own names.
 */
export const buildHelper = async (entry: string, name: string): Promise<string> => {
  const folder = join(root, 'node_modules/.cache/emergence-tests', name);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@main': join(root, 'src/main') } },
    build: { ssr: join(root, entry), outDir: folder, emptyOutDir: true, rollupOptions: { output: { entryFileNames: `${name}.mjs` } } },
  });
  return join(folder, `${name}.mjs`);
};
