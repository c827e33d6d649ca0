import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Field } from '@renderer/ui/Field';
import { Progress } from '@renderer/ui/Progress';
import { Status } from '@renderer/ui/Status';
import { Switch } from '@renderer/ui/Switch';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Rows } from './Sheet';
import styles from './search.module.css';

/** Switches the second model on and off, and shows how far it is with the library. */
export const SecondModel = ({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const format = useFormat();
  const { data: reading } = useQuery(api.settings.reading.queryOptions());
  const counts = reading && t('search.second.read', { read: format.integer(reading.read), total: format.integer(reading.total) });
  return (
    <Rows>
      <Field layout="row" label={t('search.second.label')} hint={t('search.second.hint')}>
        <Switch checked={isOn} onChange={onChange} />
      </Field>
      {isOn && reading && reading.state !== 'off' && (
        <div className={styles.reading}>
          {reading.state === 'failed' ? (
            <Status tone="danger">{t('search.second.failed')}</Status>
          ) : reading.state === 'done' || reading.read === reading.total ? (
            <Status tone="ok">{t('search.second.done', { count: reading.read })}</Status>
          ) : (
            <>
              <span className="num muted">
                {reading.state === 'reading' ? counts : `${counts} · ${t(`search.second.${reading.state}`)}`}
              </span>
              <Progress value={reading.total === 0 ? 0 : reading.read / reading.total} label={t('search.second.progress')} />
            </>
          )}
        </div>
      )}
    </Rows>
  );
};
