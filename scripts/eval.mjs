// Measures retrieval quality on evaluation sets, through the real engine. `npm run eval -- --set all --mode hybrid`
import { runMain } from './lib/runMain.mjs';

await runMain('tests/quality/evaluate.ts');
