// Measures retrieval quality on evaluation sets, through the real engine. `npm run eval -- --set all --mode hybrid`
import { resolve } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main') };
const server = await createServer({
  configFile: false,
  logLevel: 'warn',
  resolve: { alias },
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false },
});
try {
  const { main } = await createServerModuleRunner(server.environments.ssr).import(resolve('tests/quality/evaluate.ts'));
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await server.close();
}
