import type { Logger } from '@main/telemetry/telemetry';
import { implement, ORPCError } from '@orpc/server';
import { contract } from '@shared/contract';
import { type EmergenceError, toEmergenceError } from '@shared/model';

export interface ApiContext {
  log: Logger;
}

/** The wire form of an error of the family: typed on the client by the contract's error map. */
export const toWireError = (error: EmergenceError) =>
  new ORPCError(error.code, {
    defined: true,
    status: error.status,
    message: error.message,
    data: { action: error.action, details: error.details },
  });

/** The origin of a call, for the log. */
export interface Call {
  context: ApiContext;
  path: readonly string[];
}

/** Converts any error thrown in a call to the one error family; an unknown one is logged and becomes `internal` with a log id. */
export const leaving = (error: unknown, { context, path }: Call): ORPCError<string, unknown> => {
  if (error instanceof ORPCError) return error;
  const known = toEmergenceError(error, crypto.randomUUID().slice(0, 8));
  if (known.code === 'internal')
    context.log.error({ err: error, logId: known.details.logId, path: path.join('.') }, 'unexpected error in a handler');
  return toWireError(known);
};

/** The contract, ready for handlers: `api.chat.send.handler(({ input, signal, lastEventId }) => ...)`. */
export const api = implement(contract)
  .$context<ApiContext>()
  .use(async ({ next, context, path }) => {
    try {
      return await next();
    } catch (error) {
      throw leaving(error, { context, path });
    }
  });
