import { goTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Tag } from '@renderer/ui/Status';
import type { Finding, MaintenanceReport as Report } from '@shared/model';
import { useTranslation } from 'react-i18next';
import styles from './maintenance.module.css';

/** The outcome of the last check or repair in one sentence. */
const summary = ({ found, left }: Report): 'sound' | 'found' | 'mended' | 'left' => {
  if (found.length === 0) return 'sound';
  if (left === null) return 'found';
  return left.length === 0 ? 'mended' : 'left';
};

/** The last check or repair in words, with each of its findings. */
export const MaintenanceReport = ({ report }: { report: Report }) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { task, at, ms, found, left } = report;
  return (
    <section className={styles.report} aria-label={t('maintenance.report')}>
      <p className={styles.words} role="status">
        {t(`maintenance.summary.${summary(report)}`, { count: found.length })}
      </p>
      <p className={styles.hint}>{t(`maintenance.made.${task}`, { when: format.dateTime(at), time: format.duration(ms) })}</p>
      {found.length > 0 && (
        <ul className={styles.findings}>
          {found.map((finding) => (
            <FindingRow key={finding.kind} finding={finding} left={left} />
          ))}
        </ul>
      )}
      {found.some(({ kind, mendable }) => !mendable && kind !== 'missing') && (
        <Button size="s" onClick={() => goTo('settings', { page: 'data' })}>
          {t('maintenance.toBackups')}
        </Button>
      )}
    </section>
  );
};

const FindingRow = ({ finding: { kind, count, mendable, titles }, left }: { finding: Finding; left: readonly Finding[] | null }) => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const isLeft = left?.some((one) => one.kind === kind) ?? false;
  const [tone, word] =
    left === null
      ? mendable
        ? (['warning', 'mendable'] as const)
        : (['danger', 'notMendable'] as const)
      : isLeft
        ? (['danger', 'stillThere'] as const)
        : (['ok', 'isMended'] as const);
  return (
    <li>
      <span className="grow">
        {t(`maintenance.findings.${kind}`, { count })}
        {titles.length > 0 && <span className={styles.advice}>{format.list(titles)}</span>}
        {!mendable && <span className={styles.advice}>{t(`maintenance.advice.${kind === 'missing' ? 'missing' : 'backup'}`)}</span>}
      </span>
      <Tag tone={tone}>{t(`maintenance.${word}`)}</Tag>
    </li>
  );
};
