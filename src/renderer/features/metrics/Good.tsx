import { hrefTo } from '@renderer/base/routes';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from './Chart';
import type { ChartSeries } from './chartData';
import styles from './metrics.module.css';
import { Fact, Key } from './parts';
import { Quad, type QuadProps } from './Quad';

/** Answers "Is it good?": how well the documents support the answers. */
export const Good = ({ overview, figures, period, bucketMs }: QuadProps) => {
  const { t } = useTranslation('metrics');
  const { quality, answers } = overview;
  const share = quality.searched === 0 ? null : quality.cited / quality.searched;
  const series: ChartSeries[] = [{ label: t('good.citedKey'), points: quality.series[0]?.points ?? [], color: '--s1' }];
  const counted = (count: number): ReactNode =>
    quality.searched === 0 ? (
      t('noData')
    ) : (
      <>
        {figures.integer(count)} <i>{t('of', { total: figures.integer(quality.searched) })}</i>
      </>
    );
  return (
    <Quad
      question={t('good.question')}
      href={hrefTo('metrics', { page: 'retrieval' })}
      keys={<Key items={series} />}
      answer={
        <>
          {share === null ? <span className={styles.absent}>–</span> : figures.share(share)}
          <small>{t('good.cited')}</small>
        </>
      }
    >
      <Chart
        label={t('good.chart', { period })}
        kind="lines"
        series={series}
        bucketMs={bucketMs}
        maximum={1}
        formatValue={figures.share}
        formatTime={figures.time}
        empty={{ title: t('empty.quality', { period }), text: t('empty.qualityText') }}
      />
      <dl className={styles.facts}>
        <Fact name={t('good.strong')} absent={share === null}>
          {counted(quality.strong)}
        </Fact>
        <Fact name={t('good.weak')} absent={share === null}>
          {counted(quality.weak)}
        </Fact>
        <Fact name={t('good.none')} absent={share === null}>
          {counted(quality.none)}
        </Fact>
        <Fact name={t('good.stopped')} absent={answers.total === 0}>
          {answers.total === 0 ? t('noData') : figures.integer(answers.stopped)}
        </Fact>
      </dl>
    </Quad>
  );
};
