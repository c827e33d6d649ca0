import { EmergenceError, toEmergenceError } from '@shared/model';
import type { OpenTurn, TurnDeps } from './turn';

/** The error that ended a turn: `cancelled` when it was stopped. Logs unexpected errors. */
export const turnError = (
  { telemetry }: Pick<TurnDeps, 'telemetry'>,
  turn: OpenTurn,
  thrown: unknown,
  signal: AbortSignal,
): EmergenceError => {
  if (signal.aborted) return new EmergenceError('cancelled');
  const error = toEmergenceError(thrown, turn.id);
  if (error.code === 'internal') telemetry.log.error({ err: thrown, turnId: turn.id }, 'unexpected error in a turn');
  return error;
};
