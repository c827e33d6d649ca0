import {
  type ErrorCode,
  type ErrorRecord,
  errorTable,
  type FileProblem,
  fileProblems,
  type PageProblem,
  pageProblems,
  type UnsupportedKind,
  unsupportedKinds,
} from '@shared/model';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './useFormat';

/** Reasons for a missing answer; the interface has a sentence for each. */
const noAnswerReasons = ['thinking', 'length', 'tool'] as const;
/** Reasons why a folder cannot be watched. */
const folderReasons = ['watched', 'own', 'many', 'relative'] as const;

type ErrorKey =
  | `unsupported.${UnsupportedKind}`
  | `fileProblems.${FileProblem}`
  | `pageProblems.${PageProblem}`
  | `noAnswer.${(typeof noAnswerReasons)[number]}`
  | `folder.${(typeof folderReasons)[number]}`
  | `codes.${ErrorCode}`
  | 'lengthLimit'
  | 'nothingFound'
  | 'webPage'
  | 'noTls'
  | 'blockedPort'
  | 'certificate'
  | 'noList'
  | 'notRunning'
  | 'noKey'
  | 'keyElsewhere'
  | 'badKey'
  | 'badAddress'
  | 'addressCredentials'
  | 'endlessThinking';

/**
 * The key of the sentence for an error: for a refused file by its kind or the reason why it cannot be read, for a cut answer by its
 * limit.
 */
export const errorKey = ({ code, details }: Pick<ErrorRecord, 'code' | 'details'>): ErrorKey => {
  if (details.noList === true) return 'noList';
  if (code === 'provider.unavailable' && details.reason === 'not_running') return 'notRunning';
  if (code === 'provider.auth' && details.reason === 'no_key') return 'noKey';
  if (code === 'provider.auth' && details.reason === 'key_elsewhere') return 'keyElsewhere';
  if (code === 'input.invalid' && details.field === 'key') return 'badKey';
  if (code === 'input.invalid' && details.field === 'baseUrl')
    return details.reason === 'credentials' ? 'addressCredentials' : 'badAddress';
  if (code === 'document.no_text_layer' && details.reason === 'nothing_found') return 'nothingFound';
  if (code === 'provider.interrupted' && details.reason === 'length') return 'lengthLimit';
  if (code === 'provider.address' && details.reason === 'html') return 'webPage';
  if (code === 'provider.address' && details.reason === 'no_tls') return 'noTls';
  if (code === 'provider.address' && details.reason === 'port') return 'blockedPort';
  if (code === 'provider.unavailable' && /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME/.test(String(details.reason))) return 'certificate';
  if (code === 'provider.too_much' && details.reason === 'thinking') return 'endlessThinking';
  const reason = code === 'provider.no_answer' ? noAnswerReasons.find((known) => known === details.reason) : undefined;
  if (reason) return `noAnswer.${reason}` as const;
  const folder = code === 'conflict' ? folderReasons.find((known) => details.reason === `folder_${known}`) : undefined;
  if (folder) return `folder.${folder}` as const;
  const problem = code === 'file.unreadable' ? fileProblems.find((known) => known === details.reason) : undefined;
  if (problem) return `fileProblems.${problem}` as const;
  const page = code === 'page.failed' ? pageProblems.find((known) => known === details.reason) : undefined;
  if (page) return `pageProblems.${page}` as const;
  const kind = code === 'document.unsupported' ? unsupportedKinds.find((known) => known === details.kind) : undefined;
  return kind ? (`unsupported.${kind}` as const) : (`codes.${code}` as const);
};

/** Errors that the person has to mend: a server may send a delay with them, but waiting does not help. */
const neverByWaiting: ReadonlySet<ErrorCode> = new Set(['provider.quota', 'provider.auth', 'provider.region', 'model.missing']);

/**
 * The delay before the next try, in ms: rounded up to whole seconds, so that nobody comes back too early. 0 where none is known, or
 * where waiting does not help.
 */
export const waitOf = ({ code, details: { retryAfterMs } }: Pick<ErrorRecord, 'code' | 'details'>): number =>
  !neverByWaiting.has(code) && typeof retryAfterMs === 'number' && retryAfterMs > 0 ? Math.ceil(retryAfterMs / 1000) * 1000 : 0;

/** The sentence for an error, in the person's language, with the provider's name and the time to wait where known. */
export const useErrorText = (): ((record: ErrorRecord) => string) => {
  const { t } = useTranslation('errors');
  const format = useFormat();
  return useCallback(
    (record: ErrorRecord) => {
      const { provider } = record.details;
      const named = typeof provider === 'string' && provider !== '';
      const words = t(errorKey(record), { provider: named ? provider : t('theProvider') });
      // A name keeps the letter it begins with.
      const sentence = named ? words : words.charAt(0).toUpperCase() + words.slice(1);
      const { firstProvider, firstCode } = record.details;
      const first =
        typeof firstCode === 'string' && firstCode in errorTable
          ? t('alsoFailed', { sentence: t(`codes.${firstCode as ErrorCode}`, { provider: String(firstProvider) }) })
          : null;
      const waitMs = waitOf(record);
      const wait = waitMs > 0 ? t('wait', { time: format.duration(waitMs) }) : null;
      return [sentence, wait, first].filter(Boolean).join(' ');
    },
    [t, format],
  );
};
