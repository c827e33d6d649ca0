import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forkLauncher } from '@main/processes/forkLauncher';
import { helperEnvironment } from '@main/processes/helperEnvironment';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const secrets = {
  OPENAI_API_KEY: 'canary',
  ANTHROPIC_API_KEY: 'canary',
  ANTHROPIC_AUTH_TOKEN: 'canary',
  OPENAI_CUSTOM_HEADERS: 'canary',
  EMERGENCE_TOKEN: 'canary',
  EMERGENCE_SECRET_KEY: 'canary',
  AWS_SECRET_ACCESS_KEY: 'canary',
  GITHUB_TOKEN: 'canary',
  DATABASE_URL: 'canary',
  SSH_AUTH_SOCK: 'canary',
  NODE_OPTIONS: '--require canary',
  LD_PRELOAD: 'canary',
  PATH_TO_CANARY: 'canary',
};

test.each(['search', 'ingest', 'anything'])('the %s process gets named variables only', (name) => {
  const got = helperEnvironment(name, { ...secrets, Path: '/bin', TZ: 'UTC', LC_ALL: 'C', HOME: '/home/p', TEMP: undefined });
  expect(got).toEqual({ Path: '/bin', TZ: 'UTC', LC_ALL: 'C', HOME: '/home/p' });
});

test('passes proxies and certificates only to the process that calls an endpoint', () => {
  const env = { https_proxy: 'http://me:pass@proxy:1', NO_PROXY: 'localhost', NODE_EXTRA_CA_CERTS: '/ca.pem' };
  expect(helperEnvironment('search', env)).toEqual(env);
  expect(helperEnvironment('ingest', env)).toEqual({});
});

test('a started process has nothing else in its environment', async () => {
  const module = join(temporaryFolder(), 'tell.cjs');
  writeFileSync(module, 'process.send(process.env); setInterval(() => {}, 1000);');
  for (const [name, value] of Object.entries(secrets)) if (name !== 'NODE_OPTIONS' && name !== 'LD_PRELOAD') vi.stubEnv(name, value);
  const child = forkLauncher(module, { name: 'ingest' });
  try {
    const env = await new Promise<NodeJS.ProcessEnv>((resolve) => child.onMessage((message) => resolve(message as NodeJS.ProcessEnv)));
    expect(JSON.stringify(env)).not.toContain('canary');
    // Only Node's own channel to its parent is added.
    const extra = Object.keys(env).filter((name) => !(name in helperEnvironment('ingest')) && !name.startsWith('NODE_CHANNEL_'));
    expect(extra).toEqual([]);
  } finally {
    child.kill();
    vi.unstubAllEnvs();
  }
});
