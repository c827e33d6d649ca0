import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import type { LibraryRoom } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { MaintenanceReport } from './MaintenanceReport';
import { MaintenanceTasks } from './MaintenanceTasks';
import styles from './maintenance.module.css';
import { Card, Loaded, Sheet } from './Sheet';
import settings from './settings.module.css';

/** The library's contents and the room it takes, the check of its parts, and their repair. */
export const MaintenancePage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const room = useQuery(api.maintenance.room.queryOptions());
  const state = useQuery(api.maintenance.state.queryOptions());
  return (
    <Sheet title={t('pages.maintenance')} lead={t('maintenance.lead')}>
      <h2 className={settings.sub}>{t('maintenance.checkTitle')}</h2>
      <Loaded query={state}>
        {({ running, report }) => (
          <Card>
            <MaintenanceTasks running={running} />
            {report && !running && <MaintenanceReport report={report} />}
          </Card>
        )}
      </Loaded>
      <h2 className={settings.sub}>{t('maintenance.holds')}</h2>
      <Loaded query={room}>{(data) => <Holds room={data} />}</Loaded>
      <h2 className={settings.sub}>{t('maintenance.takes')}</h2>
      <Loaded query={room}>{(data) => <Takes room={data} />}</Loaded>
    </Sheet>
  );
};

const Holds = ({ room: { documents, versions, passages, first, second } }: { room: LibraryRoom }) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const starting = t('maintenance.starting');
  const missing = first && first.missing > 0 ? format.integer(first.missing) : null;
  const vectors = first ? format.integer(first.vectors) : starting;
  const facts: [name: string, value: string][] = [
    [t('maintenance.documents'), format.integer(documents)],
    [t('maintenance.versions'), format.integer(versions)],
    [t('maintenance.passages'), format.integer(passages)],
    [t('maintenance.first'), missing ? t('maintenance.vectorsMissing', { vectors, missing }) : vectors],
    [
      t('maintenance.second'),
      second ? t('maintenance.read', { read: format.integer(second.read), total: format.integer(second.total) }) : starting,
    ],
  ];
  return (
    <Card>
      <dl className={styles.parts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.part}>
            <dt className="grow">{name}</dt>
            <dd className={styles.bytes}>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};

const Takes = ({ room: { parts, largest } }: { room: LibraryRoom }) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Card>
      <ul className={styles.parts}>
        {parts.map(({ part, bytes }) => (
          <li key={part}>
            <span className="grow">{t(`maintenance.parts.${part}`)}</span>
            <span className={styles.bytes}>{format.bytes(bytes)}</span>
          </li>
        ))}
        <li className={styles.total}>
          <span className="grow">{t('maintenance.total')}</span>
          <span className={styles.bytes}>{format.bytes(total)}</span>
        </li>
      </ul>
      {largest.length > 0 && (
        <>
          <h3 className={styles.largest}>{t('maintenance.largest')}</h3>
          <ul className={styles.parts}>
            {largest.map(({ id, title, bytes }) => (
              <li key={id}>
                <a className="clip grow" href={hrefTo('document', { id })}>
                  {title}
                </a>
                <span className={styles.bytes}>{format.bytes(bytes)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
