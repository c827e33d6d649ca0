import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  icon?: LucideIcon;
  title?: string;
  children?: ReactNode;
  /** The one action of the page. */
  action?: ReactNode;
}

/** The middle of a page without content. In lists a muted sentence is enough. */
export const EmptyState = ({ icon: Icon, title, children, action }: EmptyStateProps) => (
  <div className={styles.empty}>
    {Icon && <Icon size={20} aria-hidden className={styles.icon} />}
    {title && <h2 className={styles.title}>{title}</h2>}
    {children && <div className={styles.text}>{children}</div>}
    {action && <div className={styles.action}>{action}</div>}
  </div>
);
