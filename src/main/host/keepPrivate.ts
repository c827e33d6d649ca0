/** Only the person may read the files that the program writes, even in a folder that other users of this machine can read. */
export const keepPrivate = (): void => void process.umask(0o077);
