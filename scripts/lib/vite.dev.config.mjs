// The window during development: Vite serves it with hot reload and passes everything else on to the engine.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const engine = process.env.EMERGENCE_ENGINE;
// The engine accepts only pages of its own origin; during development Vite is in front of it and uses its name.
const passOn = { target: engine, changeOrigin: true, headers: { origin: engine }, ws: true };

export default defineConfig({
  root: resolve('src/renderer'),
  resolve: { alias: { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') } },
  plugins: [react()],
  server: {
    port: 41_418,
    strictPort: true,
    proxy: { '/rpc': passOn, '/api': passOn, '/blob': passOn, '/upload': passOn, '/metrics': passOn },
  },
});
