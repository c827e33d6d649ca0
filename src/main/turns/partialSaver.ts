/** Saves a growing text twice a second, so that a crash loses less than its last second. */
export interface PartialSaver {
  /** To be called when the text has grown; it is saved within the interval. */
  grown(): void;
  /** Stops saving: the end is about to be saved as a whole. */
  close(): void;
}

/** Half of the time that may be lost: the other half is for a slow machine. A save costs about a millisecond. */
const partialSaveMs = 500;

/** A save that fails (a full disk) is reported to `onError` and retried at the next growth; the text continues. */
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
