import { modelName, wholeModelName } from '@renderer/lib/modelName';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { Tooltip } from '@renderer/ui/Tooltip';
import { type AnswerInfo, type ErrorCode, errorTable } from '@shared/model';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Answer.module.css';

const isCode = (reason: string): reason is ErrorCode => reason in errorTable;

const Hint = ({ hint, className = 'nowrap', children }: { hint: string; className?: 'nowrap' | 'clip'; children: ReactNode }) => (
  <Tooltip label={hint} side="top">
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
    <span className={className} tabIndex={0}>
      {children}
    </span>
  </Tooltip>
);

/** Model, tokens, cost, time to the first word: one muted line with the known values. */
export const AnswerMeta = ({ info }: { info: AnswerInfo }) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const words = useErrorText();
  const passages = info.provider === 'passages' || info.model === 'passages';
  const reason = info.fallback?.reason ?? '';
  const model = [info.provider, modelName(info.model)].filter(Boolean).join(' · ');
  const reasonWords = isCode(reason)
    ? words({ code: reason, message: '', action: 'none', details: { provider: info.fallback?.from ?? null } })
    : reason === 'agent.provider'
      ? t('meta.agentProvider', { provider: info.fallback?.from ?? '' })
      : reason;
  const parts: ReactNode[] = [];
  if (passages) parts.push(<Hint hint={t('meta.passagesHint')}>{t('meta.passages')}</Hint>);
  else if (info.fallback)
    parts.push(
      <Hint hint={reasonWords} className="clip">
        {t('meta.insteadOf', { model, from: modelName(info.fallback.from) })}
      </Hint>,
    );
  else
    parts.push(
      <span className="clip" title={wholeModelName(info.model)}>
        {model}
      </span>,
    );
  // A call that failed before its first word used nothing, so there is no figure to show.
  if (info.usage && info.usage.inputTokens + info.usage.outputTokens > 0 && !passages) {
    const { inputTokens, outputTokens, cachedTokens, estimated, costNano } = info.usage;
    const hint = t('meta.tokensHint', {
      input: format.integer(inputTokens),
      output: format.integer(outputTokens),
      cached: format.integer(cachedTokens),
    });
    const total = inputTokens + outputTokens;
    parts.push(
      <Hint hint={estimated ? `${hint}. ${t('meta.tokensEstimated')}` : hint}>
        {estimated && '≈ '}
        {t('meta.tokens', { count: total, formatted: format.integer(total) })}
      </Hint>,
    );
    parts.push(
      <span className="nowrap">{costNano === null ? t('meta.noPrice') : costNano === 0 ? t('meta.free') : format.money(costNano)}</span>,
    );
  }
  if (info.firstWordMs !== null) {
    parts.push(
      <Hint hint={t('meta.firstWordHint')}>
        <span className={styles.wide}>{t('meta.firstWord')} </span>
        {format.duration(info.firstWordMs)}
      </Hint>,
    );
  }
  return (
    <>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place
        <Fragment key={index}>
          {index > 0 && (
            <span className={styles.dot} aria-hidden>
              ·
            </span>
          )}
          {part}
        </Fragment>
      ))}
    </>
  );
};
