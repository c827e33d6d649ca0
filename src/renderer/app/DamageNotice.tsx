import { useApi } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { Button } from '@renderer/ui/Button';
import { Dot } from '@renderer/ui/Status';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ConnectionNotice.module.css';

/** The engine reports damage by itself; this polls only in case an event was lost. */
const askEveryMs = 5 * 60_000;
/** The first question waits until the window is shown: the answer needs a search process that may not run yet. */
const firstAskMs = 2_000;

/** Reports a damaged database, wherever the person is in the window, with a link to the backups. */
export const DamageNotice = () => {
  const { t } = useTranslation();
  const api = useApi();
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsks(true), firstAskMs);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({ ...api.system.health.queryOptions(), enabled: asks, refetchInterval: askEveryMs });
  const damaged = Number(data?.parts.find(({ id }) => id === 'database')?.data.problems ?? 0) > 0;
  return (
    <div role="alert">
      {damaged && (
        <div className={styles.notice} data-kind="damage">
          <Dot tone="danger" />
          {t('damage.text')}
          <Button size="s" onClick={() => goTo('settings', { page: 'data' })}>
            {t('damage.action')}
          </Button>
        </div>
      )}
    </div>
  );
};
