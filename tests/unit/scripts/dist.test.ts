import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../../electron-builder.config.mjs';

const require = createRequire(import.meta.url);
const { validateConfiguration } = createRequire(require.resolve('electron-builder'))('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration(configuration: unknown, logger: { isEnabled: boolean; add(): void }): Promise<void>;
};

/** True when the patterns pack a file, evaluated as electron-builder does: the last match decides. */
const isPacked = (path: string, platform: string, arch: string): boolean => {
  let packed = true;
  for (const pattern of config.files as string[]) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own macros
    const glob = pattern.replace('${platform}', platform).replace('${arch}', arch);
    if (glob.startsWith('!')) packed &&= !matchesGlob(path, glob.slice(1));
    else packed ||= matchesGlob(path, glob);
  }
  return packed;
};

test('electron-builder accepts the configuration', async () => {
  await expect(validateConfiguration(structuredClone(config), { isEnabled: false, add: () => {} })).resolves.toBeUndefined();
});

test('makes all four kinds of installers', () => {
  expect([config.linux?.target, config.win?.target, config.mac?.target].flat()).toEqual(['AppImage', 'deb', 'nsis', 'dmg']);
});

test.each([
  ['linux', 'x64'],
  ['win32', 'x64'],
  ['darwin', 'arm64'],
])('packs natives of %s %s only', (platform, arch) => {
  const natives = globSync('node_modules/{onnxruntime-node,better-sqlite3}/**/*.node').map((path) => path.replaceAll('\\', '/'));
  expect(natives.length).toBeGreaterThan(4);
  const packed = natives.filter((path) => isPacked(path, platform, arch));
  expect(packed.sort()).toEqual([
    `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    `node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`,
  ]);
  for (const path of packed) expect((config.asarUnpack as string[]).some((glob) => matchesGlob(path, glob))).toBe(true);
});

test('makes releases that cannot be driven, run as Node or load other code', () => {
  expect(config.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  });
});

test('names only things that exist in the configuration', () => {
  for (const target of [config.linux, config.win, config.mac]) expect(existsSync(target?.icon as string)).toBe(true);
  const main = (JSON.parse(readFileSync('package.json', 'utf8')) as { main: string }).main;
  expect(isPacked(main, 'linux', 'x64')).toBe(true);
});
