import type { Logger as PinoLogger } from 'pino';
import type { CounterName, GaugeName, HistogramName, LabelsOf } from './definitions';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** The hooks through which the rooms report. Names and labels are checked against `definitions.ts` by the compiler. */
export interface Telemetry {
  increment<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  /** Seconds for `_seconds`, otherwise the unit of the name. */
  observe<Name extends HistogramName>(name: Name, labels: LabelsOf<Name>, value: number): void;
  set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): void;
  readonly log: Logger;
}
