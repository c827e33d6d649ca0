import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') };

export default defineConfig({
  main: {
    resolve: { alias },
    // The two hosts and the two helper processes. hnswlib-node is an optional dependency, which is not left out by itself.
    build: {
      externalizeDeps: { include: ['hnswlib-node'] },
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          headless: resolve('src/main/headless.ts'),
          search: resolve('src/main/processes/search/searchProcess.ts'),
          ingest: resolve('src/main/processes/ingest/ingestProcess.ts'),
        },
      },
    },
  },
  // A sandboxed preload must be CommonJS.
  preload: { resolve: { alias }, build: { rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } } },
  // electron-vite leaves code as long as it was written; the window starts sooner with less to read.
  renderer: { resolve: { alias }, plugins: [react()], build: { minify: true } },
});
