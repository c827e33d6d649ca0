/** Whatever the program writes is its person's alone, also in a folder that others of this machine may look into. */
export const keepPrivate = (): void => void process.umask(0o077);
