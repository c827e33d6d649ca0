import { sql as initial } from './0001-initial';

/** Numbered and in order; a landed migration is never changed. Tests of each stand in tests/integration/store. */
export const migrations: readonly { version: number; sql: string }[] = [{ version: 1, sql: initial }];
