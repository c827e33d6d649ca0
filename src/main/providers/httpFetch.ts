import { Agent, type Dispatcher, fetch } from 'undici';

/** undici's own limits are off: `wire.ts` has the limits of a call, for headers and for silence alike. */
export const createDispatcher = (): Agent => new Agent({ connect: { timeout: 10_000 }, headersTimeout: 0, bodyTimeout: 0 });

/** The one HTTP stack of both hosts. Electron passes a dispatcher that knows the system's proxy. */
export const createFetch = (dispatcher: Dispatcher = createDispatcher()): typeof globalThis.fetch =>
  // The package's fetch and Node's are the same code with two sets of type names.
  ((input: Parameters<typeof fetch>[0], init?: Parameters<typeof fetch>[1]) =>
    fetch(input, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
