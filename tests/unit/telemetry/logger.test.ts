import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createLogFile } from '@main/telemetry/logFile';
import { createLogger } from '@main/telemetry/logger';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = [];
  write(createLogger({ write: (line) => lines.push(line) }));
  return lines.join('');
};

test('keeps content and secrets out of the log at any depth', () => {
  const line = logged((log) => {
    log.info(
      { turnId: 't1', question: 'canary-question', request: { headers: { authorization: 'canary-auth' }, text: 'canary-text' } },
      'x',
    );
    log.error({ err: Object.assign(new Error('Incorrect API key provided: sk-canary12345678'), { request: 'canary-request' }) }, 'failed');
    log.warn({ url: 'http://127.0.0.1/?token=canarytoken', header: 'Bearer canary.bearer.token' }, 'odd');
  });
  expect(line).not.toContain('canary');
  expect(line).toContain('"turnId":"t1"');
  expect(line).toContain('Incorrect API key provided');
});

test('rotates the log at its size and keeps a fixed number of files', () => {
  const folder = temporaryFolder();
  const file = createLogFile({ folder, maxBytes: 100, files: 3 });
  for (let n = 0; n < 40; n += 1) file.write(`${JSON.stringify({ n, pad: 'x'.repeat(20) })}\n`);
  file.close();
  expect(readdirSync(folder).sort()).toEqual(['emergence.1.log', 'emergence.2.log', 'emergence.log']);
  const last = readFileSync(join(folder, 'emergence.log'), 'utf8').trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ n: 39 });
});

test.skipIf(!existsSync('/dev/full'))('loses a line on a full disk, but not the work that logs it', () => {
  const folder = temporaryFolder();
  symlinkSync('/dev/full', join(folder, 'emergence.log'));
  const file = createLogFile({ folder, maxBytes: 100 });
  const log = createLogger(file);
  expect(() => log.error({ err: new Error('no room') }, 'a partial answer could not be saved')).not.toThrow();
  file.close();
  expect(() => log.info({}, 'after the end')).not.toThrow();
});
