import { EmptyState } from '@renderer/ui/EmptyState';
import { Dot } from '@renderer/ui/Status';
import { useTranslation } from 'react-i18next';
import styles from './ConnectionNotice.module.css';
import { useConnection } from './connectionStore';

/** A quiet notice while the connection to the engine is lost; covers the window only when the address itself is refused. */
export const ConnectionNotice = () => {
  const { t } = useTranslation();
  const state = useConnection((connection) => connection.state);
  if (state === 'refused') {
    return (
      <div className={styles.refused} role="alert">
        <EmptyState title={t('connection.refusedTitle')}>{t('connection.refused')}</EmptyState>
      </div>
    );
  }
  return (
    <div role="status">
      {state === 'reconnecting' && (
        <div className={styles.notice}>
          <Dot tone="warning" />
          {t('connection.reconnecting')}
        </div>
      )}
    </div>
  );
};
