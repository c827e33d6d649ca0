import { hrefTo } from '@renderer/base/routes';
import { Dot } from '@renderer/ui/Status';
import type { Health } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { Chart } from './Chart';
import type { ChartSeries } from './chartData';
import { healthWords, toneOf } from './healthWords';
import styles from './metrics.module.css';
import { errorShare, healthVerdict, noticesOf } from './notices';
import { Key } from './parts';
import { Quad, type QuadProps } from './Quad';

/** Answers "Is it healthy?": answers, errors and the parts of the program. */
export const Healthy = ({ overview, figures, period, bucketMs, health }: QuadProps & { health: Health | undefined }) => {
  const { t } = useTranslation('metrics');
  const { answers } = overview;
  const notices = noticesOf(overview, health).length;
  const verdict = healthVerdict(overview, health);
  const count = t('healthy.answers', { count: answers.total });
  const share = errorShare(overview);
  const [done, failed] = answers.series;
  const series: ChartSeries[] = [
    { label: t('healthy.answersKey'), points: done?.points ?? [], color: '--s3' },
    { label: t('healthy.errorsKey'), points: failed?.points ?? [], color: '--danger' },
  ];
  return (
    <Quad
      question={t('healthy.question')}
      href={hrefTo('metrics', { page: 'health' })}
      keys={<Key items={series} />}
      answer={
        <>
          {verdict === 'yes' && notices > 0 ? t('healthy.yesNotices', { count: notices }) : t(`healthy.${verdict}`)}
          <small>
            {share === null
              ? t('empty.answers', { period })
              : answers.failed === 0
                ? t('healthy.noErrors', { answers: count })
                : t('healthy.failed', { count: answers.failed, answers: count, share: figures.share(share) })}
          </small>
        </>
      }
    >
      <Chart
        label={t('healthy.chart', { period })}
        kind="bars"
        series={series}
        bucketMs={bucketMs}
        formatValue={figures.compact}
        formatTime={figures.time}
        empty={{ title: t('empty.answers', { period }), text: t('empty.answersText') }}
      />
      <ul className={styles.parts}>
        {(health?.parts ?? []).map((part) => (
          <li key={part.id}>
            <Dot tone={toneOf(part)} />
            {t(`health.names.${part.id}`)}
            <span title={healthWords(part, t, figures)}>{healthWords(part, t, figures)}</span>
          </li>
        ))}
      </ul>
    </Quad>
  );
};
