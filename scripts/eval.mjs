// Retrieval quality on evaluation sets, through the real engine. `npm run eval -- --set all --mode hybrid`
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main') };
const { module } = await runnerImport(resolve('tests/quality/evaluate.ts'), { configFile: false, logLevel: 'warn', resolve: { alias } });
process.exitCode = await module.main(process.argv.slice(2));
