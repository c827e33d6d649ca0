// Measures the reading of questions about time. `npm run eval:time -- --file FILE --now ISO --zone ZONE --json FILE`
import { runMain } from './lib/runMain.mjs';

await runMain('tests/quality/evaluateTime.ts');
