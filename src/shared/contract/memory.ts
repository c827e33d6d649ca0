import { z } from 'zod';
import { maxInputCharacters, timelineSchema } from '../model';
import { procedure } from './base';

export const memory = {
  /** The timeline that answers a question about time ("when did we talk about the budget?"), from the stored messages. */
  timeline: procedure.input(z.object({ text: z.string().trim().min(1).max(maxInputCharacters) })).output(timelineSchema),
};
