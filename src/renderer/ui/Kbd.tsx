import { classes } from '@renderer/lib/classes';
import { type Shortcut, shortcutKeys } from '@renderer/lib/shortcuts';
import { useTranslation } from 'react-i18next';
import styles from './Kbd.module.css';

/** A shortcut as keys: one box for each, or all in one (`joined`) as in tooltips. */
export const Kbd = ({ keys, joined, className }: { keys: Shortcut; joined?: boolean; className?: string }) => {
  const { t } = useTranslation();
  const names = shortcutKeys(keys, { escape: t('keys.escape'), delete: t('keys.delete') });
  if (joined) return <kbd className={classes(styles.kbd, className)}>{names.join(' ')}</kbd>;
  return (
    <span className={classes(styles.keys, className)}>
      {names.map((name) => (
        <kbd key={name} className={styles.kbd}>
          {name}
        </kbd>
      ))}
    </span>
  );
};
