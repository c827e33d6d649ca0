import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartColor } from './chartData';
import styles from './metrics.module.css';

/** Colours of the series of a chart, named. */
export const Key = ({ items }: { items: readonly { color: ChartColor; label: string }[] }) => (
  <div className={styles.key}>
    {items.map(({ color, label }) => (
      <span key={label}>
        <i data-color={color} />
        {label}
      </span>
    ))}
  </div>
);

/**
 * One figure with its name. An absent one is a muted dash, as in the headline: words would not fit four in a row. A screen reader
 * reads the words: `absent` itself where it gives a reason, else "no data".
 */
export const Fact = ({ name, children, absent = false }: { name: string; children: ReactNode; absent?: boolean | string }) => {
  const { t } = useTranslation('metrics');
  if (absent === false)
    return (
      <div>
        <dt>{name}</dt>
        <dd>{children}</dd>
      </div>
    );
  const words = absent === true ? t('noData') : absent;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-absent title={words}>
        <span aria-hidden>–</span>
        <span className="sr">{words}</span>
      </dd>
    </div>
  );
};

/** The change of a figure since the period before; nothing where one of the two is unknown. For all of them less is better. */
export const Trend = ({
  now,
  before,
  format,
  least,
}: {
  now: number | null;
  before: number | null;
  format: (value: number) => string;
  least: number;
}) => {
  const { t } = useTranslation('metrics');
  if (now === null || before === null) return null;
  const difference = now - before;
  if (Math.abs(difference) < least) return <span className={styles.trend}>{t('trend.same')}</span>;
  const value = format(Math.abs(difference));
  const Arrow = difference < 0 ? ArrowDown : ArrowUp;
  return (
    <span className={styles.trend} data-tone={difference < 0 ? 'good' : 'bad'}>
      <Arrow size={14} aria-hidden />
      <span aria-hidden>{value}</span>
      <span className="sr">{t(difference < 0 ? 'trend.less' : 'trend.more', { value })}</span>
    </span>
  );
};

export interface TableColumn<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
  /** Text columns are aligned left, figures right. */
  text?: boolean;
}

export interface TableProps<Row> {
  title: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Shown when there is no row. */
  empty: string;
}

/** A small table under its title; the first column names the row. */
export const Table = <Row,>({ title, columns, rows, keyOf, empty }: TableProps<Row>) => (
  <section className={styles.block} aria-label={title}>
    <h2>{title}</h2>
    {rows.length === 0 ? (
      <p className={styles.nothing}>{empty}</p>
    ) : (
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ name, text }, index) => (
              <th key={name} scope="col" data-text={text || index === 0 || undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, text }, index) =>
                index === 0 ? (
                  <th key={name} scope="row" data-text>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} data-text={text || undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
