import type { SystemInfo } from './system';

/** The facts of the running program, and the findings about the last run where it was cut. */
export const createSystemInfo =
  ({
    cleanExit,
    interruptedTurns,
    resumedJobs,
    isDamaged,
    ...facts
  }: Pick<SystemInfo, 'version' | 'host' | 'dataFolder' | 'secrets'> & {
    /** True when the last run closed the store. */
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
