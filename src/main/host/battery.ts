import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Percent below which a battery that is not being charged counts as low. */
const lowPercent = 20;
/** Milliseconds for which an answer holds. */
const ageMs = 10_000;

const read = (folder: string, file: string): string => {
  try {
    return readFileSync(join(folder, file), 'utf8').trim();
  } catch {
    return '';
  }
};

/**
 * Tells whether a battery of this machine is low and not being charged, from the files in which Linux says so. False where there are
 * none: on other systems, and on machines without a battery.
 */
export const createBattery = (folder = '/sys/class/power_supply', now: () => number = () => performance.now()): (() => boolean) => {
  let known: { at: number; isLow: boolean } | null = null;
  const look = (): boolean => {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      return false;
    }
    return (
      names
        .map((name) => join(folder, name))
        // A mouse has a battery of its own, whose scope is the device.
        .filter((supply) => read(supply, 'type') === 'Battery' && read(supply, 'scope') !== 'Device')
        .some((supply) => {
          const percent = read(supply, 'capacity');
          return read(supply, 'status') === 'Discharging' && percent !== '' && Number(percent) < lowPercent;
        })
    );
  };
  return () => {
    if (!known || now() - known.at >= ageMs) known = { at: now(), isLow: look() };
    return known.isLow;
  };
};
