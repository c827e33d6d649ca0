import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Dialog } from '@renderer/ui/Dialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { IconButton } from '@renderer/ui/IconButton';
import { Skeleton } from '@renderer/ui/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './evidence.module.css';

/** Says in words by which scores a source of an answer was chosen. */
export const WhySource = ({ messageId, marker }: { messageId: string; marker: number }) => {
  const { t } = useTranslation('evidence');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const why = useQuery(useApi().conversations.why.queryOptions({ input: { messageId, marker }, enabled: open }));
  const reasons = (scores: Record<string, number>): string[] => {
    const { reference, lexical, wordsPlace, vector, second, meaningPlace, expansion, head, repeated, words, about, rerank } = scores;
    const share = (value: number): string => format.percent(value);
    const meaning = second ?? vector;
    return [
      ...(reference === undefined ? [] : [t(reference === 2 ? 'why.isReference' : 'why.mentionsReference')]),
      ...(words === undefined ? [] : [t('why.holds', { count: words })]),
      ...(about === undefined ? [] : [t('why.about')]),
      ...(lexical ? [t('why.words', { share: share(lexical) })] : []),
      ...(lexical && wordsPlace ? [t('why.wordsPlace', { place: wordsPlace })] : []),
      ...(meaning ? [t('why.meaning', { share: share(meaning) })] : []),
      ...(meaning && meaningPlace ? [t('why.meaningPlace', { place: meaningPlace })] : []),
      ...(expansion ? [t('why.near', { share: share(expansion) })] : []),
      ...(head ? [t('why.document', { share: share(head) })] : []),
      ...(rerank === undefined ? [] : [t('why.rerank', { share: share(rerank) })]),
      ...(repeated ? [t('why.repeated', { share: share(-repeated) })] : []),
    ];
  };
  const lines = why.data ? reasons(why.data.scores) : [];
  return (
    <>
      <IconButton icon={CircleHelp} label={t('why.title')} onClick={() => setOpen(true)} />
      <Dialog open={open} onOpenChange={setOpen} title={t('why.title')} description={t('why.hint')}>
        {why.isPending && <Skeleton lines={3} />}
        {why.error && <ErrorState error={why.error} onRetry={() => void why.refetch()} />}
        {why.data && lines.length === 0 && <p className="muted">{t('why.none')}</p>}
        <ul className={styles.why}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Dialog>
    </>
  );
};
