import { modelName, wholeModelName } from '@renderer/lib/modelName';
import { isCallPurpose, type UsageRow } from '@shared/model';
import { Chart } from './Chart';
import type { ChartSeries } from './chartData';
import { costSeries } from './chartSeries';
import { Figure, type PageProps, usePage } from './detail';
import styles from './metrics.module.css';
import { Fact, Table, type TableColumn } from './parts';

/** Calls, tokens and cost by provider and model. */
export const UsagePage = (props: PageProps<'usage'>) => {
  const { data, bucketMs } = props;
  const { t, figures, period } = usePage(props);
  const costs = costSeries(data.cost.series, t('cost.others'));
  const [input, output] = data.tokens.series;
  const tokens: ChartSeries[] = [
    { label: t('usage.input'), points: input?.points ?? [], color: '--s2' },
    { label: t('usage.output'), points: output?.points ?? [], color: '--s1' },
  ];
  const columns: TableColumn<UsageRow>[] = [
    { name: t('usage.provider'), cell: ({ provider }) => provider },
    { name: t('usage.model'), cell: ({ model }) => <span title={wholeModelName(model)}>{modelName(model)}</span>, text: true },
    {
      name: t('usage.purpose'),
      text: true,
      cell: ({ purpose }) => (isCallPurpose(purpose) ? t(`usage.purposes.${purpose}`) : purpose),
    },
    { name: t('usage.calls'), cell: ({ calls }) => figures.integer(calls) },
    { name: t('usage.failed'), cell: ({ failed }) => figures.integer(failed) },
    { name: t('usage.inputColumn'), cell: ({ inputTokens }) => figures.integer(inputTokens) },
    { name: t('usage.outputColumn'), cell: ({ outputTokens }) => figures.integer(outputTokens) },
    { name: t('usage.cached'), cell: ({ cachedTokens }) => figures.integer(cachedTokens) },
    { name: t('usage.cost'), cell: ({ costNano }) => figures.money(costNano) },
  ];
  const noCalls = { title: t('empty.calls', { period }), text: t('empty.callsText') };
  const { started, rounds, costNano } = data.debates;
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
            empty={data.usage.length === 0 ? noCalls : { title: t('empty.cost', { period }), text: t('empty.costText') }}
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
        rows={data.usage}
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
