import type { MetricsOf } from '@shared/model';
import type { ReactNode } from 'react';
import { Chart } from './Chart';
import { quantileSeries } from './chartSeries';
import { Figure, type PageProps, type Times, usePage, useTimeColumns } from './detail';
import styles from './metrics.module.css';
import { Fact, Table } from './parts';

const outcomes = ['added', 'merged', 'closed', 'conflict', 'dropped'] as const;
const hintTypes = ['subject_back', 'preference_reminder', 'intent_followup', 'constraint_warning'] as const;
const actions = ['seen', 'applied', 'ignored'] as const;
const dayRanges = ['0', '1-2', '3-5', '5+'] as const;

type Counts = MetricsOf<'memory'>['recall']['hints'];
type Counted = Counts[number];

/** The counts in the order of the known names, each as a word; names of a later version stay as they are and come last. */
const worded = <Name extends string>(counts: Counts, known: readonly Name[], word: (name: Name) => string): Counted[] => {
  const named = known.flatMap((name) => counts.filter((one) => one.name === name).map(({ count }) => ({ name: word(name), count })));
  return [...named, ...counts.filter(({ name }) => !known.some((one) => one === name))];
};

const Facts = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={styles.block} aria-label={title}>
    <h2>{title}</h2>
    <dl className={styles.facts}>{children}</dl>
  </section>
);

/** Counts of memory: items and their vitality, analyses, recall, questions about the past and hints. */
export const MemoryPage = (props: PageProps<'memory'>) => {
  const { data, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const { items, vitality, analysis, recall, time } = data;
  const series = quantileSeries(analysis.series);
  const timeColumns = useTimeColumns(t('performance.what'), figures);
  const asked = analysis.cacheHits + analysis.cacheMisses;
  const called = analysis.done + analysis.failed;
  const table = (title: string, first: string, second: string, rows: Counted[], empty: string) => (
    <Table
      title={title}
      columns={[
        { name: first, cell: ({ name }) => name },
        { name: second, cell: ({ count }) => figures.integer(count) },
      ]}
      rows={rows}
      keyOf={({ name }) => name}
      empty={empty}
    />
  );
  const times: Times[] = [
    { name: t('memory.analysis'), ...analysis.times },
    { name: t('memory.timeline'), ...time.times },
  ];
  const { bytes } = time;
  return (
    <div className={styles.sheet}>
      <Facts title={t('memory.items')}>
        <Fact name={t('memory.states.live')}>{figures.integer(items.live)}</Fact>
        <Fact name={t('memory.states.superseded')}>{figures.integer(items.superseded)}</Fact>
        <Fact name={t('memory.states.archived')}>{figures.integer(items.archived)}</Fact>
        <Fact name={t('memory.states.deleted')}>{figures.integer(items.deleted)}</Fact>
      </Facts>
      <div className={styles.pair}>
        {table(
          t('memory.vitality'),
          t('memory.vitalityColumn'),
          t('memory.memories'),
          vitality.map(({ upTo, count }) => ({ name: t('memory.upTo', { share: figures.share(upTo) }), count })),
          '',
        )}
        {table(
          t('memory.found', { period }),
          t('memory.outcome'),
          t('performance.count'),
          worded(analysis.found, outcomes, (name) => t(`memory.outcomes.${name}`)),
          t('empty.found', { period }),
        )}
      </div>
      <Figure title={t('memory.analysis')} keys={[...series].reverse()}>
        <Chart
          kind="lines"
          bucketMs={bucketMs}
          formatValue={figures.ms}
          formatTime={figures.time}
          label={t('memory.chart', { period })}
          series={series}
          empty={{ title: t('empty.analyses', { period }), text: t('empty.analysesText') }}
        />
      </Figure>
      <dl className={styles.facts}>
        <Fact name={t('memory.calls')}>{figures.integer(called)}</Fact>
        <Fact name={t('memory.done')} absent={called === 0}>
          {called === 0 ? t('noData') : figures.share(analysis.done / called)}
        </Fact>
        <Fact name={t('memory.cache')} absent={asked === 0}>
          {asked === 0 ? t('noData') : figures.share(analysis.cacheHits / asked)}
        </Fact>
        <Fact name={t('memory.kept')}>{figures.integer(analysis.kept)}</Fact>
      </dl>
      <Facts title={t('memory.recall', { period })}>
        <Fact name={t('memory.recalled')}>{figures.integer(recall.items)}</Fact>
        <Fact name={t('memory.questions')}>{figures.integer(time.questions)}</Fact>
        <Fact name={t('memory.bytes')} absent={bytes.p50 === null}>
          {bytes.p50 === null || bytes.p95 === null ? t('noData') : `${figures.bytes(bytes.p50)} / ${figures.bytes(bytes.p95)}`}
        </Fact>
        <Fact name={t('memory.known')} absent={time.knownShare === null}>
          {figures.share(time.knownShare)}
        </Fact>
      </Facts>
      <div className={styles.pair}>
        {table(
          t('memory.days', { period }),
          t('memory.daysColumn'),
          t('memory.questionsColumn'),
          worded(time.days, dayRanges, (name) => t(`memory.dayRanges.${name}`)),
          t('empty.questions', { period }),
        )}
        <Table title={t('performance.table', { period })} columns={timeColumns} rows={times} keyOf={({ name }) => name} empty="" />
      </div>
      <div className={styles.pair}>
        {table(
          t('memory.hints', { period }),
          t('memory.hintType'),
          t('performance.count'),
          worded(recall.hints, hintTypes, (name) => t(`memory.hintTypes.${name}`)),
          t('empty.hints', { period }),
        )}
        {table(
          t('memory.actions', { period }),
          t('memory.action'),
          t('performance.count'),
          worded(recall.actions, actions, (name) => t(`memory.actionNames.${name}`)),
          t('empty.hints', { period }),
        )}
      </div>
    </div>
  );
};
