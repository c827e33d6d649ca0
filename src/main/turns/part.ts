import type { Part } from '@main/parts/part';
import { createActiveSessions } from './activeSessions';
import { createTurnCloser } from './closeInterrupted';
import type { TurnDeps } from './turn';

/** The services that turns of every kind need. Closes turns that an unclean end left open. */
export const createTurnsPart = (deps: TurnDeps) => {
  const closeInterrupted = createTurnCloser(deps);
  let interrupted = 0;
  return {
    api: {
      parts: { ...deps, sessions: createActiveSessions(deps) },
      /** The number of turns that were closed at this start. */
      interrupted: () => interrupted,
    },
    startWrites: [
      {
        what: 'close interrupted turns',
        write: () => {
          interrupted = closeInterrupted();
        },
      },
    ],
  } satisfies Part<unknown>;
};
