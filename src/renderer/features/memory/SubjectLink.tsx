import { hrefTo } from '@renderer/base/routes';
import type { ReactNode } from 'react';
import { useMemoryView } from './memoryView';

interface SubjectLinkProps {
  subject: string;
  className?: string | undefined;
  /** Called with true while the link is pointed at or has the focus. */
  onActive: (active: boolean) => void;
  children: ReactNode;
}

/** Leads to the memories that mention a subject. */
export const SubjectLink = ({ subject, className, onActive, children }: SubjectLinkProps) => (
  <a
    className={className}
    href={hrefTo('memory', { page: 'live' })}
    onClick={() => useMemoryView.setState({ filter: { about: subject } })}
    onPointerEnter={() => onActive(true)}
    onPointerLeave={() => onActive(false)}
    onFocus={() => onActive(true)}
    onBlur={() => onActive(false)}
  >
    {children}
  </a>
);
