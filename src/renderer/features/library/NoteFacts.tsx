import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { Tag } from '@renderer/ui/Status';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './document.module.css';

/** The tags, aliases, properties and links of a note in a watched folder; a link opens the note that it names. */
export const NoteFacts = ({ documentId }: { documentId: string }) => {
  const { t } = useTranslation('library');
  const note = useQuery(useApi().folders.note.queryOptions({ input: { documentId } })).data;
  if (!note || note.tags.length + note.aliases.length + note.properties.length + note.links.length === 0) return null;
  const { tags, aliases, properties, links } = note;
  return (
    <>
      <h2>{t('note.title')}</h2>
      {tags.length > 0 && (
        <ul className={styles.tags} aria-label={t('note.tags')}>
          {tags.map((tag) => (
            <li key={tag}>
              <Tag>{tag}</Tag>
            </li>
          ))}
        </ul>
      )}
      {aliases.length + properties.length > 0 && (
        <dl>
          {aliases.length > 0 && (
            <div>
              <dt>{t('note.aliases')}</dt>
              <dd>{aliases.join(' · ')}</dd>
            </div>
          )}
          {properties.map(({ name, value }) => (
            <div key={name}>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {links.length > 0 && (
        <>
          <h2>{t('note.links')}</h2>
          <ul className={styles.places}>
            {links.map(({ target, label, documentId: linked }) => (
              <li key={target}>
                {linked ? (
                  <a className="clip grow" href={hrefTo('document', { id: linked })} title={target}>
                    <bdi>{label}</bdi>
                  </a>
                ) : (
                  <span className="clip grow muted" title={t('note.noSuchNote')}>
                    <bdi>{label}</bdi>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
