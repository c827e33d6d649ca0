import { answerLimits } from './policies';
import type { ReportedUsage } from './protocol';

/** A count of tokens as some server wrote it (a number, a text, a fraction); null where it cannot be believed. */
export const tokenCount = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= 0) || number > answerLimits.tokens) return null;
  return Math.round(number);
};

/** The usage of a call from a server's figures; a half that is missing or absurd is null. Never more cached than input tokens. */
export const reportedUsage = (figures: { input: unknown; output: unknown; cached?: unknown }): ReportedUsage => {
  const inputTokens = tokenCount(figures.input);
  const cached = tokenCount(figures.cached);
  return {
    inputTokens,
    outputTokens: tokenCount(figures.output),
    cachedTokens: inputTokens === null || cached === null ? null : Math.min(cached, inputTokens),
  };
};

/** Merges two reports: a half that the next one lacks stays as it was. */
export const mergedUsage = (before: ReportedUsage | null, next: ReportedUsage): ReportedUsage => ({
  inputTokens: next.inputTokens ?? before?.inputTokens ?? null,
  outputTokens: next.outputTokens ?? before?.outputTokens ?? null,
  cachedTokens: next.cachedTokens ?? before?.cachedTokens ?? null,
});
