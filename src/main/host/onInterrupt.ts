/** A closing that takes longer than this hangs. */
export const closingLimitMs = 8_000;
/** A terminal and the program's own starter may both pass on one Ctrl-C. */
const sameKeyMs = 500;

/**
 * Ends the program cleanly on Ctrl-C or when asked to; a second Ctrl-C, or a closing that hangs, ends it at once. Returns a
 * function that ends it the same way with another exit code.
 */
export const onInterrupt = (close: () => Promise<void>): ((code: number) => void) => {
  let closingSince: number | null = null;
  const end = (code: number): void => {
    if (closingSince !== null) {
      if (performance.now() - closingSince > sameKeyMs) process.exit(130);
      return;
    }
    closingSince = performance.now();
    setTimeout(() => process.exit(1), closingLimitMs).unref();
    close().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  return end;
};
