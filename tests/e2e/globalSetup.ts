import { preparedFolder } from '../support/preparedFolder';

/** Prepares the folder before the workers start, each of which would do it otherwise. */
export default async (): Promise<void> => void (await preparedFolder());
