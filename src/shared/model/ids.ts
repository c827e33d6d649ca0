import { uuidv7 } from 'uuidv7';
import { z } from 'zod';

/** A UUIDv7 in its canonical text form: ids sort by the time they were made. */
export const idSchema = z.uuid();
export type Id = z.infer<typeof idSchema>;

/** Makes a new id. The client makes the ids of the things it creates, so that a retry never creates one twice. */
export const newId = (): Id => uuidv7();
