import { classes } from '@renderer/lib/classes';
import type { ReactNode } from 'react';
import styles from './Status.module.css';

export type Tone = 'neutral' | 'ok' | 'warning' | 'danger' | 'active' | 'off';

/** A dot with its word beside it: colour is never the only sign. */
export const Status = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={styles.status}>
    <Dot tone={tone} />
    {children}
  </span>
);

/** Without a word beside it the dot needs a name. */
export const Dot = ({ tone, label }: { tone: Tone; label?: string }) =>
  label ? (
    <span className={classes(styles.dot, styles[tone])} role="img" aria-label={label} />
  ) : (
    <span className={classes(styles.dot, styles[tone])} aria-hidden />
  );

export const Tag = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={classes(styles.tag, styles[`${tone}Tag`])}>{children}</span>
);
