import { ORPCError } from '@orpc/client';
import { EmergenceError, type ErrorCode, type ErrorRecord, errorTable } from '@shared/model';

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && code in errorTable;

/**
 * Converts any thrown value to the record for which the interface has words. Errors from the engine keep their code, action and
 * details.
 */
export const toErrorRecord = (error: unknown): ErrorRecord => {
  if (error instanceof EmergenceError) return error.toRecord();
  if (error instanceof ORPCError && isCode(error.code)) {
    const data = (error.data ?? {}) as Partial<Pick<ErrorRecord, 'action' | 'details'>>;
    return { code: error.code, message: error.message, action: data.action ?? errorTable[error.code].action, details: data.details ?? {} };
  }
  if (error instanceof ORPCError && error.status === 400) {
    return { code: 'input.invalid', message: error.message, action: 'none', details: {} };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: error.message, action: 'none', details: {} };
  }
  if (typeof error === 'object' && error !== null && 'code' in error && isCode(error.code)) return error as ErrorRecord;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), action: 'retry', details: {} };
};

/** True when the object behind an address does not exist: it was deleted, or the address was never valid. Retrying is no use. */
export const isGone = (error: unknown): boolean => ['not_found', 'input.invalid'].includes(toErrorRecord(error).code);
