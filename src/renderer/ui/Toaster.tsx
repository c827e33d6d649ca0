import { classes } from '@renderer/lib/classes';
import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { IconButton } from './IconButton';
import styles from './Toaster.module.css';
import { dismissToast, useToasts } from './toast';

/** Time to read and to reach Undo. */
const plainMs = 4_000;
const actionMs = 9_000;

export const Toaster = () => {
  const { t } = useTranslation();
  const entries = useToasts((state) => state.entries);
  return (
    <Radix.Provider label={t('notifications')} swipeDirection="down">
      {entries.map(({ id, message, action, tone }) => (
        <Radix.Root
          key={id}
          className={classes(styles.toast, tone === 'danger' && styles.danger)}
          duration={action ? actionMs : plainMs}
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Radix.Description className={styles.message}>{message}</Radix.Description>
          {action && (
            <Radix.Action asChild altText={action.label}>
              <Button size="s" variant="quiet" onClick={action.onAction}>
                {action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton icon={X} label={t('dismiss')} side="top" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} />
    </Radix.Provider>
  );
};
