import { useClient } from '@renderer/app/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useCallback, useState } from 'react';

/** Asks a provider for its models and for a word of the default one, and tells whether that is going on. The result is stored with the account. */
export const useProviderTest = (id: string): { testing: boolean; test: () => Promise<void> } => {
  const client = useClient();
  const attempt = useAttempt();
  const [testing, setTesting] = useState(false);
  const test = useCallback(async () => {
    setTesting(true);
    await attempt(() => client.providers.test({ id, chat: true }));
    setTesting(false);
  }, [attempt, client, id]);
  return { testing, test };
};
