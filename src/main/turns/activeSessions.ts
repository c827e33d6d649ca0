import type { Telemetry } from '@main/telemetry/telemetry';

/** Counts running turns and debates together, for the gauge `sessions_active`. */
export interface ActiveSessions {
  enter(): void;
  leave(): void;
}

export const createActiveSessions = ({ telemetry }: { telemetry: Telemetry }): ActiveSessions => {
  let running = 0;
  const change = (by: number) => (): void => {
    running += by;
    telemetry.set('sessions_active', {}, running);
  };
  return { enter: change(1), leave: change(-1) };
};
