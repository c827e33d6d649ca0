import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import styles from './ErrorState.module.css';
import { IconButton } from './IconButton';
import { useCopy } from './useCopy';

export interface ErrorStateProps {
  /** Anything thrown, or a stored error record. */
  error: unknown;
  /** What the retry-like button does; without it only actions that lead elsewhere are offered. */
  onRetry?: () => void;
  /** Takes the place of the button that the error asks for. */
  action?: ReactNode;
  /** A second sentence. */
  children?: ReactNode;
}

const places: Partial<Record<string, string>> = {
  open_provider_settings: '#/settings/providers',
  add_provider: '#/settings/providers',
  open_library: '#/library',
};

/** Words, one action, details folded. */
export const ErrorState = ({ error, onRetry, action, children }: ErrorStateProps) => {
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
          (place ? (
            <Button size="s" onClick={() => location.assign(place)}>
              {t(`actions.${record.action}`)}
            </Button>
          ) : (
            onRetry && (
              <Button size="s" onClick={onRetry}>
                {t(record.action === 'none' ? 'actions.retry' : `actions.${record.action}`)}
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
