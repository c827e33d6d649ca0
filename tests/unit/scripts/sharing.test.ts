import { expect, test } from 'vitest';
import { sharesProcess } from '../../support/sharing';

const path = 'tests/unit/text/words.test.ts';

test.each([
  "vi.mock('node:fs')",
  "vi.stubEnv('HOME', folder)",
  'process.env.EMERGENCE_SHARED',
  "import { spawn } from 'node:child_process';",
  "import { startTestEngine } from '../../support/engine';",
  'const started = performance.now();',
  "i18next.changeLanguage('fr')",
])('a test file with %s has a process of its own', (line) => {
  expect(sharesProcess(path, `import { expect } from 'vitest';\n${line}\n`)).toBe(false);
});

test('a test file of the helper processes has a process of its own, and a plain one shares it', () => {
  const text = "import { words } from '@main/text/words';\nvi.useFakeTimers();\n";
  expect(sharesProcess('tests/unit/processes/ingest/code.test.ts', text)).toBe(false);
  expect(sharesProcess(path, text)).toBe(true);
});
