// Measures how fast and how big the program is, each figure beside this machine's own baseline. `npm run bench -- --json FILE
// --only NAME`
import { resolve } from 'node:path';
import { runnerImport } from 'vite';
import { build } from './lib/build.mjs';

build();
const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main') };
const { module } = await runnerImport(resolve('tests/bench/run.ts'), { configFile: false, logLevel: 'warn', resolve: { alias } });
process.exit(module.failed > 0 ? 1 : 0);
