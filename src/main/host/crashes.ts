/** The trace of an uncaught error for the log: never its message, which may contain a person's words. */
const traceOf = (error: unknown): { name: string; code: string | null; stack: string[] } => {
  if (!(error instanceof Error)) return { name: typeof error, code: null, stack: [] };
  const { code } = error as { code?: unknown };
  // The frames only: the first lines repeat the message.
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.constructor.name, code: typeof code === 'string' ? code : null, stack: stack.slice(0, 20) };
};

/** True when the reader of the output has gone (a closed terminal, a starter that ended), which is no fault of the program. */
const isLostOutput = (error: unknown): boolean =>
  /^(EPIPE|EIO|ERR_STREAM_DESTROYED)$/.test(String((error as { code?: unknown } | null)?.code));

interface Process {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/**
 * Handles uncaught errors. An exception leaves its work half done: the program calls `end` once, writes everything and ends
 * cleanly, and the next start continues from there. An unhandled rejection affects nothing else: it is logged, and the program
 * continues.
 */
export const hearCrashes = ({
  log,
  end,
  target = process,
}: {
  log: (trace: ReturnType<typeof traceOf>, message: string) => void;
  end: () => void;
  target?: Process;
}): void => {
  let ending = false;
  target.on('uncaughtException', (error) => {
    if (isLostOutput(error)) return;
    log(traceOf(error), 'an error that nobody caught; the program ends');
    if (!ending) end();
    ending = true;
  });
  target.on('unhandledRejection', (error) => {
    if (!isLostOutput(error)) log(traceOf(error), 'a failure that nobody waited for');
  });
};

/** The sentence for the person when the program ends because of an error. */
export const describeCrash = (language: 'en' | 'fr' = 'en'): string =>
  language === 'fr'
    ? 'Emergence s’est arrêté à cause d’une erreur inattendue. Tout ce qui était enregistré l’est toujours. Relancez-le\u202f; le détail se trouve dans le dossier logs des données.'
    : 'Emergence ended because of an unexpected error. Everything that was stored is still stored. Start it again; the details are in the folder logs of its data.';
