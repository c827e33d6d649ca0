import { z } from 'zod';
import { libraryRoomSchema, maintenanceReportSchema, maintenanceTasks } from '../model';
import { done, procedure } from './base';

/** The state of the stored library: what it holds and takes, whether its parts agree, and their repair. */
export const maintenance = {
  room: procedure.output(libraryRoomSchema),
  /** The task that is running, and the outcome of the last check or repair since the program started. */
  state: procedure.output(z.object({ running: z.enum(maintenanceTasks).nullable(), report: maintenanceReportSchema.nullable() })),
  /** Starts a task as a job in the background. `conflict` while another one is running. A repair makes a backup first. */
  start: procedure.input(z.object({ task: z.enum(maintenanceTasks) })).output(done),
  /** Ends the running task; what it has done stays. */
  cancel: procedure.output(done),
};
