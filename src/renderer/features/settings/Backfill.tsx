import { useApi, useClient } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Field } from '@renderer/ui/Field';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { BackfillEstimate } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Reads the conversations from before the memory: an estimate first, then, on a second click, the work. */
export const Backfill = () => {
  const { t } = useTranslation('settings');
  const client = useClient();
  const attempt = useAttempt();
  const format = useFormat();
  const jobs = useQuery(useApi().library.jobs.queryOptions()).data ?? [];
  const [estimate, setEstimate] = useState<BackfillEstimate | null>(null);
  const isReading = jobs.some(({ kind }) => kind === 'memory');
  const words = ({ inputTokens, outputTokens, costNano, byModel, ...found }: BackfillEstimate): string => {
    if (found.conversations === 0) return t('memory.nothingToRead');
    const conversations = t('data.conversations', { count: found.conversations });
    const messages = t('memory.messages', { count: found.messages });
    if (!byModel) return t('memory.found', { conversations, messages });
    const cost = costNano === null ? t('memory.costUnknown') : format.money(costNano);
    return t('memory.foundCost', { conversations, messages, tokens: inputTokens + outputTokens, cost });
  };
  const look = async (): Promise<void> => setEstimate((await attempt(() => client.memory.backfill.estimate())) ?? null);
  const start = async (): Promise<void> => {
    await attempt(() => client.memory.backfill.start());
    setEstimate(null);
  };
  const hint = isReading ? t('memory.reading') : estimate ? words(estimate) : t('memory.backfillHint');
  return (
    <Field layout="row" label={t('memory.backfill')} hint={hint}>
      {!isReading && estimate && estimate.conversations > 0 ? (
        <Button onClick={() => void start()}>{t('memory.read')}</Button>
      ) : (
        <Button disabled={isReading} onClick={() => void look()}>
          {t('memory.estimate')}
        </Button>
      )}
    </Field>
  );
};
