import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBattery } from '@main/host/battery';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const supply = (folder: string, name: string, files: Record<string, string>): void => {
  mkdirSync(join(folder, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
};

test('calls a battery low that runs out and has less than a fifth left', () => {
  const folder = temporaryFolder();
  let at = 0;
  const isLow = createBattery(folder, () => at);
  const look = (): boolean => {
    at += 60_000;
    return isLow();
  };
  expect(look()).toBe(false);
  supply(folder, 'AC', { type: 'Mains', online: '0' });
  supply(folder, 'BAT0', { type: 'Battery', status: 'Discharging', capacity: '19' });
  expect(look()).toBe(true);
  supply(folder, 'BAT0', { status: 'Charging' });
  expect(look()).toBe(false);
  supply(folder, 'BAT0', { status: 'Discharging', capacity: '20' });
  expect(look()).toBe(false);
});

test('never calls low the battery of a mouse, one without a figure, or none', () => {
  const folder = temporaryFolder();
  supply(folder, 'mouse', { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '5' });
  supply(folder, 'BAT1', { type: 'Battery', status: 'Discharging' });
  expect(createBattery(folder)()).toBe(false);
  expect(createBattery(join(folder, 'none'))()).toBe(false);
});
