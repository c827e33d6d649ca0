import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useCallback } from 'react';
import { toast } from './toast';

/** Runs an action that may fail and shows its error in words; returns undefined when it failed. */
export const useAttempt = () => {
  const words = useErrorText();
  return useCallback(
    async <Result>(run: () => Promise<Result>): Promise<Result | undefined> => {
      try {
        return await run();
      } catch (error) {
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
        return undefined;
      }
    },
    [words],
  );
};
