// Measures recall over past messages, through the recall service. `npm run eval:memory -- --set NAME|PATH --json FILE`
import { runMain } from './lib/runMain.mjs';

await runMain('tests/quality/evaluateMemory.ts');
