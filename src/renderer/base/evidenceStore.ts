import type { CitationMark } from '@shared/markdown/citationMarks';
import { type Citation, isMatched, type Passage, type Place, type Source } from '@shared/model';
import { create } from 'zustand';

/** A place in a document version to show in the evidence panel, with the passage `[start, end)` highlighted. */
export interface EvidenceTarget {
  versionId: string;
  /** Null when the document was deleted; its version may still open. */
  documentId: string | null;
  title: string;
  start: number;
  end: number;
  quote: string;
  place: Place;
  /** The number of the source in its answer. */
  marker: number | null;
  /** How sure the recognition of its text is, 0..100; absent where it was written. */
  recognised?: number | undefined;
  /** False when the document has a newer version. */
  current: boolean;
}

interface EvidenceState {
  target: EvidenceTarget | null;
  /** The citations through which Previous and Next move, `target` among them. */
  list: readonly EvidenceTarget[];
  index: number;
  /** The answer to which the list belongs, so that its chips can show which one is open. */
  messageId: string | null;
}

const closed: EvidenceState = { target: null, list: [], index: 0, messageId: null };
export const useEvidence = create<EvidenceState>(() => closed);

let returnFocus: HTMLElement | null = null;

export interface OpenCitationOptions {
  list?: readonly EvidenceTarget[];
  index?: number;
  messageId?: string | null;
}

/** Opens the panel beside the page. The focused element gets the focus back when the panel closes. */
export const openCitation = (target: EvidenceTarget, { list = [target], index = 0, messageId = null }: OpenCitationOptions = {}): void => {
  if (!useEvidence.getState().target && document.activeElement instanceof HTMLElement) returnFocus = document.activeElement;
  useEvidence.setState({ target, list, index, messageId });
};

export const closeEvidence = (): void => {
  useEvidence.setState(closed);
  if (returnFocus?.isConnected) returnFocus.focus();
  returnFocus = null;
};

/** To be called when the page changes: closes the panel, and the focus stays where it is. */
export const leaveEvidence = (): void => {
  if (useEvidence.getState().target) useEvidence.setState(closed);
  returnFocus = null;
};

/** Opens the next (+1) or previous (-1) citation, cyclically. */
export const stepCitation = (by: 1 | -1): void => {
  const { list, index } = useEvidence.getState();
  if (list.length < 2) return;
  const next = (index + by + list.length) % list.length;
  useEvidence.setState({ target: list[next] ?? null, index: next });
};

export const evidenceOf = (citation: Citation): EvidenceTarget => ({
  versionId: citation.versionId,
  documentId: citation.documentId,
  title: citation.title,
  start: citation.start,
  end: citation.end,
  quote: citation.quote,
  place: citation.place,
  marker: citation.marker,
  recognised: citation.recognised,
  current: citation.current,
});

/** The citations of an answer in the order of its text, each passage once, for Previous and Next. */
export const evidenceList = (citations: readonly Citation[]): EvidenceTarget[] => {
  const inOrder = citations.toSorted((a, b) => (a.at?.start ?? a.marker) - (b.at?.start ?? b.marker));
  const passages = new Map(
    inOrder.map((citation) => [`${citation.marker} ${citation.versionId} ${citation.start} ${citation.end}`, citation]),
  );
  return [...passages.values()].map(evidenceOf);
};

/** True when two places are the same passage under the same number. */
export const isSamePassage = (one: EvidenceTarget | null, other: EvidenceTarget | null): boolean =>
  one !== null &&
  other !== null &&
  one.marker === other.marker &&
  one.versionId === other.versionId &&
  one.start === other.start &&
  one.end === other.end;

/** The places at which a message cites, as its model wrote them and they were stored; null where they were not, in old answers and in one being written. */
export const placesOf = (citations: readonly Citation[]): CitationMark[] | null => {
  if (citations.length === 0 || citations.some(({ at }) => at === null)) return null;
  const written = citations.filter((citation) => !isMatched(citation));
  const marks = new Map<number, { start: number; end: number; numbers: number[] }>();
  for (const { at, marker } of written) {
    if (!at) continue;
    const mark = marks.get(at.start);
    if (mark) mark.numbers.push(marker);
    else marks.set(at.start, { ...at, numbers: [marker] });
  }
  return [...marks.values()].sort((a, b) => a.start - b.start);
};

/** A passage found by search, which no answer cites: of the current version. */
export const evidenceOfPassage = (passage: Omit<Passage, 'matches'>): EvidenceTarget => ({
  versionId: passage.versionId,
  documentId: passage.documentId,
  title: passage.title,
  start: passage.start,
  end: passage.end,
  quote: passage.text,
  place: passage.place,
  recognised: passage.recognised,
  marker: null,
  current: true,
});

/** A source given to an answer that is still being written. */
export const evidenceOfSource = (source: Source): EvidenceTarget & { marker: number } => ({
  ...evidenceOfPassage(source),
  marker: source.marker,
});
