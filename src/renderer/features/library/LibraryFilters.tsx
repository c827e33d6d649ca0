import { useApi } from '@renderer/base/client';
import { periods } from '@renderer/lib/periods';
import { useLanguageName } from '@renderer/lib/useLanguageName';
import { Button } from '@renderer/ui/Button';
import { TextInput } from '@renderer/ui/Field';
import { FilterChoice } from '@renderer/ui/FilterChoice';
import { type DocumentFormat, formats } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Tags, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './LibrarySearch.module.css';
import { isFiltered, type ShownFilter, useLibraryFilter, type When } from './libraryFilter';
import { ManageTagsDialog } from './ManageTagsDialog';

const times: readonly When[] = [
  ...periods.map((period) => `added_${period}` as const),
  ...periods.map((period) => `changed_${period}` as const),
  'dated',
];

/** The filters of the table and of the search: type, language, tag and time. They are hidden where there is nothing to choose. */
export const LibraryFilters = () => {
  const { t } = useTranslation('library');
  const api = useApi();
  const languageName = useLanguageName();
  const { filter } = useLibraryFilter();
  const facets = useQuery(api.library.facets.queryOptions()).data;
  const tags = useQuery(api.library.tags.queryOptions()).data ?? [];
  const [managing, setManaging] = useState(false);
  const choose = (patch: ShownFilter): void => useLibraryFilter.setState({ filter: { ...filter, ...patch } });
  if (!facets) return null;
  // A chosen value stays a choice when the last document with it is gone.
  const withChosen = <Value extends string>(values: readonly Value[], chosen: Value | undefined): readonly Value[] =>
    chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
  return (
    <fieldset className={styles.choices} aria-label={t('filters.title')}>
      <FilterChoice<DocumentFormat>
        label={t('columns.type')}
        any={t('filters.anyType')}
        value={filter.format}
        options={withChosen(facets.formats, filter.format).map((value) => ({ value, label: formats[value].name }))}
        onChange={(format) => choose({ format })}
      />
      <FilterChoice
        label={t('languageName')}
        any={t('filters.anyLanguage')}
        value={filter.language}
        options={withChosen(facets.languages, filter.language).map((value) => ({ value, label: languageName(value) }))}
        onChange={(language) => choose({ language })}
      />
      {(tags.length > 0 || filter.tag !== undefined) && (
        <FilterChoice
          label={t('tags.one')}
          any={t('filters.anyTag')}
          value={filter.tag}
          options={withChosen(
            tags.map(({ name }) => name),
            filter.tag,
          ).map((value) => ({ value, label: value }))}
          onChange={(tag) => choose({ tag })}
        />
      )}
      <FilterChoice<When>
        label={t('filters.when')}
        any={t('filters.anyTime')}
        value={filter.when}
        options={times.map((value) => ({ value, label: t(`filters.times.${value}`) }))}
        onChange={(when) => choose({ when })}
      />
      {filter.when === 'dated' && (
        <>
          <Day label={t('filters.from')} value={filter.from} onChange={(from) => choose({ from })} />
          <Day label={t('filters.to')} value={filter.to} onChange={(to) => choose({ to })} />
        </>
      )}
      {tags.length > 0 && (
        <Button size="s" variant="quiet" icon={Tags} onClick={() => setManaging(true)}>
          {t('tags.manageMenu')}
        </Button>
      )}
      {isFiltered(filter) && (
        <Button size="s" variant="quiet" icon={X} onClick={() => useLibraryFilter.setState({ filter: {} })}>
          {t('filters.clear')}
        </Button>
      )}
      <ManageTagsDialog open={managing} onClose={() => setManaging(false)} />
    </fieldset>
  );
};

const Day = ({ label, value, onChange }: { label: string; value: string | undefined; onChange: (day: string | undefined) => void }) => (
  <TextInput
    type="date"
    className={styles.day}
    aria-label={label}
    title={label}
    value={value ?? ''}
    onChange={(event) => onChange(event.target.value || undefined)}
  />
);
