/** Work in steps: its caller may pause between two of them. */
export type Steps<Result> = Generator<undefined, Result, void>;

/** How many characters, or signs among them, are read between two pauses: some milliseconds. */
const stepCharacters = 5_000;

/** Counts the characters read; returns true when it is time for a pause. */
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
