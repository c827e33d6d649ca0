/** Writes a growing text down about once a second, so that a crash loses at most that second. */
export interface PartialSaver {
  /** The text has grown; it is saved within the interval. */
  grown(): void;
  /** Saves nothing any more: the end is about to be saved as a whole. */
  close(): void;
}

const partialSaveMs = 1_000;

/** A save that fails (a full disk) is told to `onError` and tried again with the next growth; the text goes on. */
export const createPartialSaver = ({
  save,
  onError,
  everyMs = partialSaveMs,
}: {
  save: () => void;
  onError: (error: unknown) => void;
  everyMs?: number;
}): PartialSaver => {
  let timer: NodeJS.Timeout | null = null;
  return {
    grown: () => {
      timer ??= setTimeout(() => {
        timer = null;
        try {
          save();
        } catch (error) {
          onError(error);
        }
      }, everyMs);
    },
    close: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
};
