import { useCommand } from '@renderer/base/commands';
import { TextInput } from '@renderer/ui/Field';
import { Kbd } from '@renderer/ui/Kbd';
import type { DocumentFilter } from '@shared/model';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './LibrarySearch.module.css';
import { SearchResults, type SearchResultsHandle } from './SearchResults';

interface LibrarySearchProps {
  query: string;
  onQuery: (query: string) => void;
  /** The query of the results; empty shows none. */
  asked: string;
  collectionId: string | null;
  filter: DocumentFilter;
  /** Shown below the field. */
  filters: ReactNode;
  placeholder: string;
  /** Shown on the right of the field. */
  tools: ReactNode;
}

/** The search field of the library with its results below; the keys of the field move through the results. */
export const LibrarySearch = ({ query, onQuery, asked, collectionId, filter, filters, placeholder, tools }: LibrarySearchProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const results = useRef<SearchResultsHandle>(null);
  const [active, setActive] = useState<string | undefined>();
  /** The words at which Enter was pressed; their results may still be loading. */
  const [entered, setEntered] = useState<string | null>(null);
  useCommand('find', () => {
    input.current?.focus();
    input.current?.select();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') results.current?.move(1);
    else if (event.key === 'ArrowUp') results.current?.move(-1);
    else if (event.key === 'Enter') setEntered(query.trim());
    else if (event.key === 'Escape' && query !== '') onQuery('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = asked !== '';
  return (
    <>
      <div className={styles.filters}>
        <TextInput
          ref={input}
          className={styles.search}
          icon={Search}
          type="search"
          role="combobox"
          aria-label={placeholder}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-activedescendant={open ? active : undefined}
          aria-autocomplete="list"
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setEntered(null);
            onQuery(event.target.value);
          }}
          onKeyDown={onKeyDown}
          trailing={
            query === '' ? (
              <Kbd keys="mod+f" joined />
            ) : (
              <button
                type="button"
                className={styles.clear}
                aria-label={t('clearSearch')}
                title={common('actions.clear')}
                onClick={() => {
                  onQuery('');
                  input.current?.focus();
                }}
              >
                <X size={14} aria-hidden />
              </button>
            )
          }
        />
        <span className="grow" />
        {tools}
      </div>
      {filters}
      {open && (
        <SearchResults
          ref={results}
          id={id}
          query={asked}
          collectionId={collectionId}
          filter={filter}
          onActive={setActive}
          entered={entered === asked}
          onEntered={() => setEntered(null)}
        />
      )}
    </>
  );
};
