/** Work that can pause now and then: whoever runs it may do something else between two of its steps. */
export type Steps<Result> = Generator<undefined, Result, void>;

/** Characters, or signs among them, that are read between two pauses: some milliseconds. */
const stepCharacters = 5_000;

/** Counts what was read and tells when it is time for a pause. */
export const mayPause = (): ((characters: number) => boolean) => {
  let since = 0;
  return (characters) => {
    since += characters + 1;
    if (since < stepCharacters) return false;
    since = 0;
    return true;
  };
};

/** Does work without any pause. */
export const atOnce = <Result>(steps: Generator<unknown, Result, void>): Result => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
