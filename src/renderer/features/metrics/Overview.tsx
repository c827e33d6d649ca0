import type { Health } from '@shared/model';
import { Cost } from './Cost';
import { type PageProps, usePage } from './detail';
import { Fast } from './Fast';
import { Good } from './Good';
import { Healthy } from './Healthy';
import styles from './metrics.module.css';

/** The four questions, each with its answer, a chart and its parts. */
export const Overview = ({ data, health, bucketMs }: PageProps<'overview'> & { health: Health | undefined }) => {
  const { figures, period } = usePage({ data });
  const common = { overview: data, figures, period, bucketMs };
  return (
    <div className={styles.quads}>
      <Healthy {...common} health={health} />
      <Fast {...common} health={health} />
      <Cost {...common} />
      <Good {...common} />
    </div>
  );
};
