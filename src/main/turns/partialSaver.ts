/** Writes a growing text down twice a second, so that a crash loses less than its last second. */
export interface PartialSaver {
  /** The text has grown; it is saved within the interval. */
  grown(): void;
  /** Saves nothing any more: the end is about to be saved as a whole. */
  close(): void;
}

/** Half of what may be lost: the other half is for a machine that is slow to come to it. A save costs about a millisecond. */
const partialSaveMs = 500;

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
