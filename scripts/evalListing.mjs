// Measures lists of all documents about a subject, on documents written for it. `npm run eval:listing -- --set NAME --vectors FOLDER`
import { runMain } from './lib/runMain.mjs';

await runMain('tests/quality/evaluateListing.ts');
