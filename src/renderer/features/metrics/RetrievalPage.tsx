import { documentFormats, formats, type MetricsOf } from '@shared/model';
import { Chart } from './Chart';
import { quantileSeries } from './chartSeries';
import { Figure, type PageProps, type Times, usePage, useTimeColumns } from './detail';
import styles from './metrics.module.css';
import { Fact, Table } from './parts';

/** Stages of a search and of ingestion, in the order in which they happen. */
const stageNames = [
  'cached',
  'embed',
  'lexical',
  'vector',
  'fuse',
  'load',
  'rerank',
  'total',
  'reading',
  'chunking',
  'embedding',
  'indexing',
] as const;
const outcomes = ['ready', 'failed', 'cancelled'] as const;

/** Searches by stage, and the ingestion of documents. */
export const RetrievalPage = (props: PageProps<'retrieval'>) => {
  const { data, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const columns = useTimeColumns(t('retrieval.stage'), figures);
  const { retrieval, ingestion } = data;
  const series = quantileSeries(retrieval.series);
  const named = (stages: MetricsOf<'retrieval'>['ingestion']['stages']): Times[] =>
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
        <Fact name={t('retrieval.size')} absent={retrieval.indexBytes === 0}>
          {retrieval.indexBytes === 0 ? t('noData') : figures.bytes(retrieval.indexBytes)}
        </Fact>
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
              const known = documentFormats.find((one) => one === format);
              if (known) return formats[known].name;
              return format === 'unknown' ? t('retrieval.unknownFormat') : format;
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
