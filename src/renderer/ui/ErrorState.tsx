import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import type { ErrorAction } from '@shared/model';
import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import styles from './ErrorState.module.css';
import { IconButton } from './IconButton';
import { useCopy } from './useCopy';

export interface ErrorStateProps {
  /** A thrown value, or a stored error record. */
  error: unknown;
  /** Shows "Try again", unless the error's own action leads elsewhere. */
  onRetry?: () => void;
  /** Buttons for the actions that an error may need here, each with its own words. */
  actions?: Partial<Record<ErrorAction, ReactNode>>;
  /** Replaces the button for the error's own action. */
  action?: ReactNode;
  /** A second sentence. */
  children?: ReactNode;
}

const places: Partial<Record<string, string>> = {
  open_provider_settings: '#/settings/providers',
  add_provider: '#/settings/providers',
  open_library: '#/library',
};

/** Shows an error as words, one action, and folded details. */
export const ErrorState = ({ error, onRetry, actions, action, children }: ErrorStateProps) => {
  const { t } = useTranslation('errors');
  const words = useErrorText();
  const copy = useCopy();
  const [open, setOpen] = useState(false);
  const record = toErrorRecord(error);
  const place = places[record.action];
  const details = JSON.stringify({ code: record.code, message: record.message, ...record.details }, null, 2);
  return (
    <div className={styles.error} role="alert">
      <div className={styles.top}>
        <div className="grow">
          <b className={styles.title}>{words(record)}</b>
          {children && <div className="second">{children}</div>}
        </div>
        {action ??
          actions?.[record.action] ??
          (place ? (
            <Button size="s" onClick={() => location.assign(place)}>
              {t(`actions.${record.action}`)}
            </Button>
          ) : (
            onRetry && (
              <Button size="s" onClick={onRetry}>
                {t('actions.retry')}
              </Button>
            )
          ))}
      </div>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        {t('details')}
      </button>
      {open && (
        <div className={styles.details}>
          <pre>{details}</pre>
          <IconButton icon={Copy} label={t('copyDetails')} onClick={() => void copy(details)} />
        </div>
      )}
    </div>
  );
};
