import { classes } from '@renderer/lib/classes';
import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { type FocusEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { IconButton } from './IconButton';
import { returnFocus } from './returnFocus';
import styles from './Toaster.module.css';
import { dismissToast, type ToastAction, useToasts } from './toast';
import { useToastPlace } from './useToastPlace';

/** Time to read and to reach Undo. */
const plainMs = 4_000;
const actionMs = 9_000;

export const Toaster = () => {
  const { t } = useTranslation();
  const entries = useToasts((state) => state.entries);
  const viewport = useRef<HTMLOListElement>(null);
  const place = useToastPlace(entries.length > 0);
  const before = useRef<HTMLElement | null>(null);
  const rememberFocus = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof HTMLElement && !viewport.current?.contains(relatedTarget)) before.current = relatedTarget;
  };
  // After closing, the focus is on the viewport, where the keyboard does nothing.
  const act = async ({ onAction, returnTo }: ToastAction): Promise<void> => {
    const origin = before.current;
    await onAction();
    const otherwise = () => (origin?.isConnected ? origin : document.querySelector<HTMLElement>('main [tabindex="0"], main button'));
    await returnFocus({
      find: () => (returnTo ? document.querySelector<HTMLElement>(returnTo) : otherwise()),
      otherwise,
      free: () => document.activeElement === document.body || viewport.current?.contains(document.activeElement) === true,
      frame: () => new Promise(requestAnimationFrame),
    });
  };
  return (
    <Radix.Provider label={t('notifications')} swipeDirection="down">
      {entries.map(({ id, message, action, tone }) => (
        <Radix.Root
          key={id}
          className={classes(styles.toast, tone === 'danger' && styles.danger)}
          data-plane="float"
          duration={action ? actionMs : plainMs}
          onOpenChange={(open) => !open && dismissToast(id)}
        >
          <Radix.Description className={styles.message}>{message}</Radix.Description>
          {action && (
            <Radix.Action asChild altText={action.label}>
              <Button size="s" variant="quiet" onClick={() => void act(action)}>
                {action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton icon={X} label={t('dismiss')} side="top" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport ref={viewport} className={styles.viewport} style={place} onFocusCapture={rememberFocus} />
    </Radix.Provider>
  );
};
