import { resolve } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main') };

/** Runs `main` of a TypeScript file with the arguments of the command line; its result is the exit code. */
export const runMain = async (file) => {
  const server = await createServer({
    configFile: false,
    logLevel: 'warn',
    resolve: { alias },
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, watch: null, ws: false },
  });
  try {
    const { main } = await createServerModuleRunner(server.environments.ssr).import(resolve(file));
    process.exitCode = await main(process.argv.slice(2));
  } finally {
    await server.close();
  }
};
