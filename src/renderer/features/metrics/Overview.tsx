import type { Health, MetricsOverview } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { Cost } from './Cost';
import { Fast } from './Fast';
import { Good } from './Good';
import { Healthy } from './Healthy';
import styles from './metrics.module.css';
import { useFigures } from './useFigures';

/** The four questions, each with its answer, a chart and its parts. */
export const Overview = ({ overview, health, bucketMs }: { overview: MetricsOverview; health: Health | undefined; bucketMs: number }) => {
  const { t } = useTranslation('metrics');
  const figures = useFigures(overview.range);
  const common = { overview, figures, period: t(`in.${overview.range}`), bucketMs };
  return (
    <div className={styles.quads}>
      <Healthy {...common} health={health} />
      <Fast {...common} health={health} />
      <Cost {...common} />
      <Good {...common} />
    </div>
  );
};
