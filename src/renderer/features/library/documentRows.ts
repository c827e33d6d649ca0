import { assertNever, type ErrorRecord, formats, type IngestStage, ingestStages, type LibraryDocument } from '@shared/model';

export type SortKey = 'title' | 'updated' | 'size' | 'passages';
export interface Sorting {
  by: SortKey;
  descending: boolean;
}

/** A second click on the same head reverses the order; names begin at A, numbers and dates with the largest. */
export const nextSorting = (current: Sorting, by: SortKey): Sorting =>
  current.by === by ? { by, descending: !current.descending } : { by, descending: by !== 'title' };

/** Requests of a row and its menu to the page: to open a document, or a dialog about the chosen ones. */
export interface DocumentActions {
  onOpen: (document: LibraryDocument) => void;
  onAsk: (what: DocumentQuestion | 'remove', documents: LibraryDocument[]) => void;
}

/** The questions about documents that dialogs ask. */
export type DocumentQuestion = 'rename' | 'details' | 'collections' | 'tags' | 'pins' | 'join' | 'encoding' | 'forget';

/** The content of the state column. */
export type RowState =
  | { kind: 'ready' }
  /** Ready, except for damaged pages. */
  | { kind: 'partly' }
  /** Ready, but the copy of its file is missing. */
  | { kind: 'originalMissing' }
  | { kind: 'queued' }
  | { kind: 'working'; stage: IngestStage; progress: number }
  /** The text of its scanned pages is being recognised. */
  | { kind: 'recognising'; done: number; total: number; progress: number }
  | { kind: 'failed' }
  | { kind: 'cancelled' };

const isStage = (stage: string): stage is IngestStage => ingestStages.some((each) => each === stage);

export const rowState = (document: LibraryDocument): RowState => {
  const { job } = document;
  if (job && (job.state === 'running' || job.state === 'queued')) {
    if (job.state === 'running' && job.kind === 'recognise')
      return { kind: 'recognising', done: job.pages?.done ?? 0, total: job.pages?.total ?? 0, progress: job.progress };
    const stage = isStage(job.stage) ? job.stage : 'reading';
    return job.state === 'queued' || stage === 'queued' ? { kind: 'queued' } : { kind: 'working', stage, progress: job.progress };
  }
  switch (document.state) {
    case 'ready':
      if (document.originalMissing) return { kind: 'originalMissing' };
      return { kind: document.unreadPages.length > 0 ? 'partly' : 'ready' };
    case 'pending':
      return { kind: 'queued' };
    case 'failed':
      return { kind: 'failed' };
    case 'cancelled':
      return { kind: 'cancelled' };
    default:
      return assertNever(document.state);
  }
};

/** `EN`, `FR`; null for an unknown language. */
export const languageCode = (language: string | null): string | null =>
  language !== null && /^[a-z]{2}(-|$)/i.test(language) ? language.slice(0, 2).toUpperCase() : null;

/** The one button of a failed document. */
export const failureAction = ({ action, code, details }: ErrorRecord): 'retry' | 'choose' | 'encoding' =>
  code === 'document.unsupported' && details.kind === 'encoding' ? 'encoding' : action === 'choose_other_file' ? 'choose' : 'retry';

/** True for a document whose text may be in another encoding than it was read in. */
export const hasEncoding = ({ format, state }: LibraryDocument): boolean => state === 'ready' && format !== null && !formats[format].binary;
