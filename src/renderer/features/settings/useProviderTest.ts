import { useClient } from '@renderer/base/client';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useCallback, useState } from 'react';

/**
 * Lists a provider's models and asks the default one for a word; `testing` is true meanwhile. The result is stored with the
 * account.
 */
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
