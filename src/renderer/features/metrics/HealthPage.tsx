import { useErrorText } from '@renderer/lib/useErrorText';
import { Status } from '@renderer/ui/Status';
import { errorTable, type Health } from '@shared/model';
import { type PageProps, usePage } from './detail';
import { healthWords, toneOf } from './healthWords';
import styles from './metrics.module.css';
import { Fact, Table } from './parts';

/** Every part of the program, and the errors of the period. */
export const HealthPage = (props: PageProps<'health'> & { health: Health | undefined }) => {
  const { data, health } = props;
  const { t, figures, period } = usePage(props);
  const words = useErrorText();
  return (
    <div className={styles.sheet}>
      <Table
        title={t('health.parts')}
        columns={[
          { name: t('health.part'), cell: (part) => t(`health.names.${part.id}`) },
          { name: t('health.state'), text: true, cell: (part) => <Status tone={toneOf(part)}>{t(`health.states.${part.state}`)}</Status> },
          { name: t('health.detail'), cell: (part) => healthWords(part, t, figures) },
        ]}
        rows={health?.parts ?? []}
        keyOf={({ id }) => id}
        empty={t('noData')}
      />
      <Table
        title={t('health.errors', { period })}
        columns={[
          {
            name: t('health.code'),
            cell: ({ code }) => {
              const known = Object.entries(errorTable).find(([name]) => name === code);
              return known
                ? words({ code: known[0] as keyof typeof errorTable, message: known[1].message, action: known[1].action, details: {} })
                : code;
            },
          },
          { name: t('health.count'), cell: ({ count }) => figures.integer(count) },
        ]}
        rows={data.errors}
        keyOf={({ code }) => code}
        empty={t('empty.errors', { period })}
      />
      {health && (
        <dl className={styles.facts}>
          <Fact name={t('health.version')}>{health.version}</Fact>
          <Fact name={t('health.uptime')}>{figures.duration(health.uptimeSeconds * 1000)}</Fact>
        </dl>
      )}
    </div>
  );
};
