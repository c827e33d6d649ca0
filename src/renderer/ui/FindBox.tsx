import { useFormat } from '@renderer/lib/useFormat';
import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from './Field';
import styles from './FindBox.module.css';
import { IconButton } from './IconButton';

export interface FindBoxProps {
  query: string;
  onQuery: (query: string) => void;
  /** The number of matches, and the index of the shown one (from 0). */
  total: number;
  index: number;
  /** True when not everything has been searched yet, or there are more matches than are counted. */
  more?: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

/** The field, count and steps of a search; Enter and Shift+Enter move, and the focus returns when it closes. */
export const FindBox = ({ query, onQuery, total, index, more = false, onStep, onClose }: FindBoxProps) => {
  const { t } = useTranslation();
  const format = useFormat();
  const words =
    total > 0
      ? t(more ? 'find.countMore' : 'find.count', { index: format.integer(index + 1), total: format.integer(total) })
      : t(more ? 'find.looking' : 'find.none');
  const before = useRef(document.activeElement);
  useEffect(
    () => () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    },
    [],
  );
  return (
    <search className={styles.bar}>
      <TextInput
        className={styles.field}
        icon={Search}
        type="search"
        autoFocus
        value={query}
        aria-label={t('find.placeholder')}
        placeholder={t('find.placeholder')}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') {
            event.preventDefault();
            onClose();
          }
        }}
      />
      <span className={styles.count} role="status">
        {query.trim() && words}
      </span>
      <IconButton icon={ChevronUp} label={t('find.previous')} onClick={() => onStep(-1)} />
      <IconButton icon={ChevronDown} label={t('find.next')} onClick={() => onStep(1)} />
      <IconButton icon={X} label={t('actions.close')} shortcut="Escape" onClick={onClose} />
    </search>
  );
};
