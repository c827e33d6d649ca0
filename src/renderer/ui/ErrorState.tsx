import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import type { ErrorAction } from '@shared/model';
import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
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

/** Opens the place where the person can do what an error asks for; the window provides it. */
export const ErrorPlaces = createContext<Partial<Record<ErrorAction, () => void>>>({});

/** Shows an error as words, one action, and folded details. */
export const ErrorState = ({ error, onRetry, actions, action, children }: ErrorStateProps) => {
  const { t } = useTranslation('errors');
  const words = useErrorText();
  const copy = useCopy();
  const [unfolded, setUnfolded] = useState(false);
  const record = toErrorRecord(error);
  const open = useContext(ErrorPlaces)[record.action];
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
          (open ? (
            <Button size="s" onClick={open}>
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
      <button type="button" className={styles.fold} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {unfolded ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        {t('details')}
      </button>
      {unfolded && (
        <div className={styles.details}>
          <pre>{details}</pre>
          <IconButton icon={Copy} label={t('copyDetails')} onClick={() => void copy(details)} />
        </div>
      )}
    </div>
  );
};
