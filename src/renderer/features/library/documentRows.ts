import { assertNever, type ErrorAction, type IngestStage, ingestStages, type LibraryDocument } from '@shared/model';

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
  onAsk: (what: 'rename' | 'collections' | 'join' | 'remove' | 'forget', documents: LibraryDocument[]) => void;
}

/** The content of the state column. */
export type RowState =
  | { kind: 'ready' }
  /** Ready, except for damaged pages. */
  | { kind: 'partly' }
  /** Ready, but the copy of its file is missing. */
  | { kind: 'originalMissing' }
  | { kind: 'queued' }
  | { kind: 'working'; stage: IngestStage; progress: number }
  | { kind: 'failed' }
  | { kind: 'cancelled' };

const isStage = (stage: string): stage is IngestStage => ingestStages.some((each) => each === stage);

export const rowState = (document: LibraryDocument): RowState => {
  const { job } = document;
  if (job && (job.state === 'running' || job.state === 'queued')) {
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
export const failureAction = (action: ErrorAction): 'retry' | 'choose' => (action === 'choose_other_file' ? 'choose' : 'retry');

/** The row that the keys act on: its document, and where that stood last. */
export interface ActiveRow {
  id: string | null;
  index: number;
}

/** Where the active row stands now: with its document, which moves as others change; in its old place once that is gone. */
export const placeOf = ({ id, index }: ActiveRow, rows: readonly { id: string }[]): number => {
  if (rows[index]?.id === id) return index;
  const moved = id === null ? -1 : rows.findIndex((row) => row.id === id);
  return moved >= 0 ? moved : Math.max(0, Math.min(index, rows.length - 1));
};

export interface Selection {
  ids: ReadonlySet<string>;
  /** The beginning of a range. */
  anchor: number;
}
export const noSelection: Selection = { ids: new Set(), anchor: 0 };

/** A click or Space: alone it chooses one, with Ctrl it adds or removes one, with Shift it extends the range from the anchor. */
export const select = (
  selection: Selection,
  rows: readonly { id: string }[],
  index: number,
  how: 'one' | 'toggle' | 'range',
): Selection => {
  const id = rows[index]?.id;
  if (id === undefined) return selection;
  switch (how) {
    case 'one':
      return { ids: new Set([id]), anchor: index };
    case 'toggle': {
      const ids = new Set(selection.ids);
      if (!ids.delete(id)) ids.add(id);
      return { ids, anchor: index };
    }
    case 'range': {
      const [from, to] = index < selection.anchor ? [index, selection.anchor] : [selection.anchor, index];
      return { ids: new Set(rows.slice(from, to + 1).map((row) => row.id)), anchor: selection.anchor };
    }
    default:
      return assertNever(how);
  }
};
