import { useErrorText } from '@renderer/lib/useErrorText';
import { Status } from '@renderer/ui/Status';
import type { Health, MetricsOverview } from '@shared/model';
import { errorTable } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartSeries } from './Chart';
import { healthWords, toneOf } from './healthWords';
import styles from './metrics.module.css';
import { costSeries, quantileSeries } from './Overview';
import { Fact, Key, Table, type TableColumn } from './parts';
import { type Figures, useFigures } from './useFigures';

interface PageProps {
  overview: MetricsOverview;
  bucketMs: number;
}
interface Times {
  name: string;
  count: number;
  p50: number | null;
  p95: number | null;
}

const usePage = ({ overview }: PageProps) => {
  const { t } = useTranslation('metrics');
  return { t, figures: useFigures(overview.range), period: t(`in.${overview.range}`) };
};

const useTimeColumns = (first: string, figures: Figures): TableColumn<Times>[] => {
  const { t } = useTranslation('metrics');
  return [
    { name: first, cell: ({ name }) => name },
    { name: t('performance.count'), cell: ({ count }) => figures.integer(count) },
    { name: 'p50', cell: ({ p50 }) => figures.ms(p50) },
    { name: 'p95', cell: ({ p95 }) => figures.ms(p95) },
  ];
};

const Figure = ({ title, keys, children }: { title: string; keys: readonly ChartSeries[]; children: React.ReactNode }) => (
  <section className={styles.block} aria-label={title}>
    <h2>
      {title}
      <Key items={keys} />
    </h2>
    <div className={styles.tall}>{children}</div>
  </section>
);

export const PerformancePage = (props: PageProps) => {
  const { overview, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const columns = useTimeColumns(t('performance.what'), figures);
  const answers = quantileSeries(overview.latency.series);
  const words = quantileSeries(overview.firstWord.series);
  const shared = { kind: 'lines' as const, bucketMs, formatValue: figures.ms, formatTime: figures.time };
  const rows: Times[] = [
    { name: t('performance.answer'), ...overview.latency },
    { name: t('performance.firstWord'), ...overview.firstWord },
    { name: t('performance.round'), ...overview.debates.roundMs },
  ];
  return (
    <div className={styles.sheet}>
      <div className={styles.pair}>
        <Figure title={t('performance.answer')} keys={[...answers].reverse()}>
          <Chart
            {...shared}
            label={t('fast.chart', { period })}
            series={answers}
            empty={{ title: t('empty.answers', { period }), text: t('empty.answersText') }}
          />
        </Figure>
        <Figure title={t('performance.firstWord')} keys={[...words].reverse()}>
          <Chart
            {...shared}
            label={t('performance.firstWordChart', { period })}
            series={words}
            empty={{ title: t('empty.calls', { period }), text: t('empty.callsText') }}
          />
        </Figure>
      </div>
      <Table title={t('performance.table', { period })} columns={columns} rows={rows} keyOf={({ name }) => name} empty="" />
    </div>
  );
};

const purposes = ['answer', 'debate', 'debate_summary', 'title'] as const;

export const UsagePage = (props: PageProps) => {
  const { overview, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const costs = costSeries(overview, t('cost.others'));
  const [input, output] = overview.tokens.series;
  const tokens: ChartSeries[] = [
    { label: t('usage.input'), points: input?.points ?? [], color: '--s2' },
    { label: t('usage.output'), points: output?.points ?? [], color: '--s1' },
  ];
  type Row = MetricsOverview['usage'][number];
  const columns: TableColumn<Row>[] = [
    { name: t('usage.provider'), cell: ({ provider }) => provider },
    { name: t('usage.model'), cell: ({ model }) => model, text: true },
    {
      name: t('usage.purpose'),
      text: true,
      cell: ({ purpose }) => {
        const known = purposes.find((name) => name === purpose);
        return known ? t(`usage.purposes.${known}`) : purpose;
      },
    },
    { name: t('usage.calls'), cell: ({ calls }) => figures.integer(calls) },
    { name: t('usage.failed'), cell: ({ failed }) => figures.integer(failed) },
    { name: t('usage.inputColumn'), cell: ({ inputTokens }) => figures.integer(inputTokens) },
    { name: t('usage.outputColumn'), cell: ({ outputTokens }) => figures.integer(outputTokens) },
    { name: t('usage.cached'), cell: ({ cachedTokens }) => figures.integer(cachedTokens) },
    { name: t('usage.cost'), cell: ({ costNano }) => figures.money(costNano) },
  ];
  const noCalls = { title: t('empty.calls', { period }), text: t('empty.callsText') };
  const { started, rounds, costNano } = overview.debates;
  return (
    <div className={styles.sheet}>
      <div className={styles.pair}>
        <Figure title={t('usage.cost')} keys={costs}>
          <Chart
            kind="bars"
            bucketMs={bucketMs}
            formatValue={figures.money}
            formatTime={figures.time}
            label={t('cost.chart', { period })}
            series={costs}
            empty={overview.usage.length === 0 ? noCalls : { title: t('empty.cost', { period }), text: t('empty.costText') }}
          />
        </Figure>
        <Figure title={t('usage.tokens')} keys={tokens}>
          <Chart
            kind="bars"
            bucketMs={bucketMs}
            formatValue={figures.compact}
            formatTime={figures.time}
            label={t('usage.tokensChart', { period })}
            series={tokens}
            empty={noCalls}
          />
        </Figure>
      </div>
      <Table
        title={t('usage.table', { period })}
        columns={columns}
        rows={overview.usage}
        keyOf={({ provider, model, purpose }) => `${provider} ${model} ${purpose}`}
        empty={t('empty.calls', { period })}
      />
      <section className={styles.block} aria-label={t('usage.debates')}>
        <h2>{t('usage.debates')}</h2>
        <dl className={styles.facts}>
          <Fact name={t('usage.debatesStarted')}>{figures.integer(started)}</Fact>
          <Fact name={t('usage.debatesRounds')}>{figures.integer(rounds)}</Fact>
          <Fact name={t('usage.debatesCost')} absent={costNano === null}>
            {started + rounds === 0 ? t('noData') : figures.money(costNano)}
          </Fact>
        </dl>
      </section>
    </div>
  );
};

/** Stages of a search and of reading, in the order in which they happen. */
const stageNames = [
  'cached',
  'embed',
  'lexical',
  'vector',
  'fuse',
  'load',
  'total',
  'reading',
  'chunking',
  'embedding',
  'indexing',
] as const;
const outcomes = ['ready', 'failed', 'cancelled'] as const;
const formats = ['pdf', 'docx', 'markdown', 'text', 'html', 'unknown'] as const;

export const RetrievalPage = (props: PageProps) => {
  const { overview, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const columns = useTimeColumns(t('retrieval.stage'), figures);
  const { retrieval, ingestion } = overview;
  const series = quantileSeries(retrieval.series);
  const named = (stages: MetricsOverview['ingestion']['stages']): Times[] =>
    stages
      .map(({ stage, ...times }) => ({ known: stageNames.find((name) => name === stage), stage, times }))
      .sort((a, b) => (a.known ? stageNames.indexOf(a.known) : 99) - (b.known ? stageNames.indexOf(b.known) : 99))
      .map(({ known, stage, times }) => ({ name: known ? t(`retrieval.stageNames.${known}`) : stage, ...times }));
  const asked = retrieval.cacheHits + retrieval.cacheMisses;
  return (
    <div className={styles.sheet}>
      <Figure title={t('retrieval.searches')} keys={[...series].reverse()}>
        <Chart
          kind="lines"
          bucketMs={bucketMs}
          formatValue={figures.ms}
          formatTime={figures.time}
          label={t('retrieval.chart', { period })}
          series={series}
          empty={{ title: t('empty.search', { period }), text: t('empty.searchText') }}
        />
      </Figure>
      <dl className={styles.facts}>
        <Fact name={t('retrieval.queries')}>{figures.integer(retrieval.queries)}</Fact>
        <Fact name={t('retrieval.cache')} absent={asked === 0}>
          {asked === 0 ? t('noData') : figures.share(retrieval.cacheHits / asked)}
        </Fact>
        <Fact name={t('retrieval.passages')}>{figures.integer(retrieval.chunks)}</Fact>
        <Fact name={t('retrieval.size')}>{figures.bytes(retrieval.indexBytes)}</Fact>
      </dl>
      <div className={styles.pair}>
        <Table
          title={t('retrieval.stages', { period })}
          columns={columns}
          rows={named(retrieval.stages)}
          keyOf={({ name }) => name}
          empty={t('empty.search', { period })}
        />
        <Table
          title={t('retrieval.ingestStages', { period })}
          columns={columns}
          rows={named(ingestion.stages)}
          keyOf={({ name }) => name}
          empty={t('empty.ingestion', { period })}
        />
      </div>
      <Table
        title={t('retrieval.documents', { period })}
        columns={[
          {
            name: t('retrieval.format'),
            cell: ({ format }) => {
              const known = formats.find((name) => name === format);
              return known ? t(`retrieval.formats.${known}`) : format;
            },
          },
          {
            name: t('retrieval.outcome'),
            text: true,
            cell: ({ outcome }) => {
              const known = outcomes.find((name) => name === outcome);
              return known ? t(`retrieval.outcomes.${known}`) : outcome;
            },
          },
          { name: t('retrieval.count'), cell: ({ count }) => figures.integer(count) },
        ]}
        rows={ingestion.documents}
        keyOf={({ format, outcome }) => `${format} ${outcome}`}
        empty={t('empty.ingestion', { period })}
      />
    </div>
  );
};

export const HealthPage = (props: PageProps & { health: Health | undefined }) => {
  const { overview, health } = props;
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
        rows={overview.errors}
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
