import { useApi } from '@renderer/base/client';
import { Status } from '@renderer/ui/Status';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card, Loaded, Sheet } from './Sheet';
import styles from './settings.module.css';

/** Names of systems, which are the same in every language. */
const platformNames: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

export const AboutPage = () => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const info = useQuery(useApi().system.info.queryOptions());
  return (
    <Sheet title={t('pages.about')} lead={t('about.lead')}>
      <Loaded query={info}>
        {(data) => (
          <>
            <Card>
              <dl className={styles.about}>
                <dt>{common('product')}</dt>
                <dd className="num">{data.version}</dd>
                <dt>{t('about.host')}</dt>
                <dd>{t(`about.hosts.${data.host}`)}</dd>
                <dt>{t('about.platform')}</dt>
                <dd>{platformNames[data.platform] ?? data.platform}</dd>
                <dt>{t('about.secrets')}</dt>
                <dd>
                  <Status tone={data.secrets === 'weak' ? 'warning' : 'ok'}>{t(`about.secretKinds.${data.secrets}`)}</Status>
                </dd>
              </dl>
            </Card>
            {data.secrets === 'weak' && (
              <div className={styles.say} data-tone="warning">
                {t('about.weak')}
              </div>
            )}
            {data.recovery && (
              <p className={styles.note}>
                {t('about.recovery')}{' '}
                {data.recovery.interruptedTurns > 0 && t('about.interrupted', { count: data.recovery.interruptedTurns })}{' '}
                {data.recovery.resumedJobs > 0 && t('about.resumed', { count: data.recovery.resumedJobs })}{' '}
                {data.recovery.damaged && t('about.damaged')}
              </p>
            )}
          </>
        )}
      </Loaded>
    </Sheet>
  );
};
