import type { SystemInfo } from './system';

/** The facts of the running program; of the last run, where that was cut, what was found. */
export const createSystemInfo =
  ({
    cleanExit,
    interruptedTurns,
    resumedJobs,
    isDamaged,
    ...facts
  }: Pick<SystemInfo, 'version' | 'host' | 'dataFolder' | 'secrets'> & {
    /** The last run closed the store. */
    cleanExit: boolean;
    interruptedTurns: () => number;
    resumedJobs: number;
    isDamaged: () => boolean;
  }) =>
  (): SystemInfo => ({
    ...facts,
    platform: process.platform,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    recovery: cleanExit ? null : { interruptedTurns: interruptedTurns(), resumedJobs, damaged: isDamaged() },
  });
