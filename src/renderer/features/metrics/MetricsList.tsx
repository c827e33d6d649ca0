import { hrefTo } from '@renderer/base/routes';
import { Header } from '@renderer/ui/Header';
import { ListGroup, ListLink, listStyles } from '@renderer/ui/ListItem';
import { Dot } from '@renderer/ui/Status';
import { walkLinks } from '@renderer/ui/walkLinks';
import { type MetricsSection, metricsSections } from '@shared/model';
import { Brain, Gauge, HeartPulse, type LucideIcon, Search, Wallet, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { healthWords } from './healthWords';
import styles from './metrics.module.css';
import { type Notice, noticesOf } from './notices';
import { useSection } from './sections';
import { useFigures } from './useFigures';
import { useHealth, useMetrics, useRange } from './useMetrics';

const icons: Record<MetricsSection, LucideIcon> = {
  overview: Gauge,
  performance: Zap,
  usage: Wallet,
  retrieval: Search,
  memory: Brain,
  health: HeartPulse,
};

export const MetricsList = () => {
  const { t } = useTranslation('metrics');
  const section = useSection();
  const range = useRange((state) => state.range);
  const figures = useFigures(range);
  const { data: overview } = useMetrics('overview');
  const { data: health } = useHealth();
  const notices = noticesOf(overview, health);
  const words = (notice: Notice): string => {
    switch (notice.kind) {
      case 'part':
        return t('notice.part', { part: t(`health.names.${notice.part.id}`), words: healthWords(notice.part, t, figures) });
      case 'errors':
        return t('notice.errors', { share: figures.share(notice.share) });
      case 'latency':
        return t('notice.latency', { p95: figures.ms(notice.p95) });
      case 'cache':
        return t('notice.cache', { share: figures.share(notice.share) });
      case 'analysis':
        return t('notice.analysis', { share: figures.share(notice.share) });
      case 'analysisTime':
        return t('notice.analysisTime', { p95: figures.ms(notice.p95) });
      case 'readings':
        return t('notice.readings', { share: figures.share(notice.share) });
    }
  };
  return (
    <>
      <Header plane="side" title={t('title')} />
      <div className={listStyles.scroll}>
        <nav aria-label={t('title')} onKeyDown={walkLinks}>
          {metricsSections.map((name) => (
            <ListLink key={name} icon={icons[name]} href={hrefTo('metrics', { page: name })} current={name === section}>
              {t(`sections.${name}`)}
            </ListLink>
          ))}
        </nav>
        <ListGroup>{t('notices')}</ListGroup>
        {notices.length === 0 ? (
          <p className={styles.quiet}>{t('noNotices')}</p>
        ) : (
          <ul className={styles.notices}>
            {notices.map((notice) => (
              <li key={words(notice)}>
                <Dot tone={notice.kind === 'part' && notice.part.state === 'down' ? 'danger' : 'warning'} />
                <span>{words(notice)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
};
