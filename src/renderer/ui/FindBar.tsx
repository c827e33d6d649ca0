import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from './Field';
import styles from './FindBar.module.css';
import { IconButton } from './IconButton';

const most = 2_000;

/** Ranges of the visible text that hold the query, case aside; a match may not run over the borders of elements. */
const findRanges = (root: HTMLElement, query: string): Range[] => {
  const ranges: Range[] = [];
  const needle = query.toLowerCase();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < most; node = walker.nextNode()) {
    const text = (node.textContent ?? '').toLowerCase();
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + needle.length, node.textContent?.length ?? 0));
      ranges.push(range);
    }
  }
  return ranges;
};

/** Finds words in what a page shows; Enter and Shift+Enter walk through the matches. */
export const FindBar = ({ within, onClose }: { within: RefObject<HTMLElement | null>; onClose: () => void }) => {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const before = useRef(document.activeElement);
  useEffect(
    () => () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    },
    [],
  );
  const [ranges, setRanges] = useState<Range[]>([]);
  const [index, setIndex] = useState(0);

  useEffect(() => {
    setRanges(query.trim() && within.current ? findRanges(within.current, query.trim()) : []);
    setIndex(0);
  }, [query, within]);

  useEffect(() => {
    const current = ranges[index];
    CSS.highlights.set('find', new Highlight(...ranges));
    CSS.highlights.set('find-current', new Highlight(...(current ? [current] : [])));
    current?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [ranges, index]);

  const step = (by: number): void => setIndex((at) => (ranges.length === 0 ? 0 : (at + by + ranges.length) % ranges.length));
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
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') {
            event.preventDefault();
            onClose();
          }
        }}
      />
      <span className={styles.count} role="status">
        {query.trim() && (ranges.length > 0 ? t('find.count', { index: index + 1, total: ranges.length }) : t('find.none'))}
      </span>
      <IconButton icon={ChevronUp} label={t('find.previous')} onClick={() => step(-1)} />
      <IconButton icon={ChevronDown} label={t('find.next')} onClick={() => step(1)} />
      <IconButton icon={X} label={t('actions.close')} shortcut="Escape" onClick={onClose} />
    </search>
  );
};
