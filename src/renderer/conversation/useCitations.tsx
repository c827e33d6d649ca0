import {
  type EvidenceTarget,
  evidenceList,
  evidenceOf,
  evidenceOfSource,
  isSamePassage,
  openCitation,
  placesOf,
  useEvidence,
} from '@renderer/base/evidenceStore';
import { CheckNote } from '@renderer/ui/CheckNote';
import { CitationChip } from '@renderer/ui/CitationChip';
import type { TextNote } from '@renderer/ui/markdown/noted';
import { type CitationMark, quotedIn } from '@shared/markdown/citationMarks';
import { type AnswerCheck, type CheckMark, type Citation, isMatched, type Source } from '@shared/model';
import { type ReactNode, useCallback, useMemo } from 'react';

/** A target with its number. */
export type NumberedTarget = EvidenceTarget & { marker: number };

export interface Citations {
  /** The cited sources by number, each once. */
  sources: readonly NumberedTarget[];
  open: (marker: number) => void;
  /** For `Markdown`. */
  markdown: {
    markers: ReadonlySet<number>;
    places: readonly CitationMark[] | null;
    isQuoted: ((words: string) => boolean) | undefined;
    renderCitation: (marker: number, at: number) => ReactNode;
    notes: readonly TextNote[];
    renderNote: (place: number, words: ReactNode) => ReactNode;
  };
}

const isNumbered = (target: EvidenceTarget): target is NumberedTarget => target.marker !== null;

const noMarks: readonly CheckMark[] = [];

/**
 * The citations of a message: the stored ones, each at its place, or while it is written the sources it was given; and the marks of
 * the check of an answer. `text` is that of the message.
 */
export const useCitations = (
  messageId: string,
  citations: readonly Citation[],
  given: readonly Source[],
  { text, check }: { text: string; check: AnswerCheck | undefined },
): Citations => {
  const list = useMemo(
    () => (citations.length > 0 ? evidenceList(citations) : given.map(evidenceOfSource)).filter(isNumbered),
    [citations, given],
  );
  const sources = useMemo(
    () => [...new Map(list.toReversed().map((target) => [target.marker, target])).values()].sort((a, b) => a.marker - b.marker),
    [list],
  );
  const markers = useMemo(() => new Set(sources.map(({ marker }) => marker)), [sources]);
  const places = useMemo(() => placesOf(citations), [citations]);
  const isQuoted = useMemo(
    () => (citations.length === 0 && given.length > 0 ? quotedIn(given.map(({ text }) => text)) : undefined),
    [citations, given],
  );
  const show = useCallback(
    (target: EvidenceTarget): void => {
      const index = list.findIndex((one) => isSamePassage(one, target));
      openCitation(target, { list, index: Math.max(0, index), messageId });
    },
    [list, messageId],
  );
  const open = useCallback(
    (marker: number): void => {
      const target = sources.find((source) => source.marker === marker);
      if (target) show(target);
    },
    [sources, show],
  );
  const renderCitation = useCallback(
    (marker: number, at: number): ReactNode => {
      const own = citations.find((citation) => citation.marker === marker && citation.at?.start === at);
      const cited = own ? evidenceOf(own) : sources.find((source) => source.marker === marker);
      return cited ? <OpenableChip marker={marker} cited={cited} messageId={messageId} onOpen={show} /> : `[${marker}]`;
    },
    [citations, sources, messageId, show],
  );
  const marks = check?.marks ?? noMarks;
  const notes = useMemo(
    () => [
      ...citations.flatMap((citation) => (citation.at && isMatched(citation) ? [citation.at] : [])),
      ...marks.map(({ start, end, kind }) => ({ start: kind === 'unsupported' ? end : start, end })),
    ],
    [citations, marks],
  );
  const renderNote = useCallback(
    (place: number, words: ReactNode): ReactNode => {
      const matched = citations.find((citation) => isMatched(citation) && citation.at?.start === place);
      if (matched)
        return <OpenableChip marker={matched.marker} cited={evidenceOf(matched)} messageId={messageId} onOpen={show} isMatched />;
      const mark = marks.find(({ start, end, kind }) => (kind === 'unsupported' ? end : start) === place);
      return mark ? (
        <CheckNote mark={mark} written={text.slice(mark.start, mark.end)}>
          {words}
        </CheckNote>
      ) : (
        words
      );
    },
    [citations, marks, messageId, show, text],
  );
  const markdown = useMemo(
    () => ({ markers, places, isQuoted, renderCitation, notes, renderNote }),
    [markers, places, isQuoted, renderCitation, notes, renderNote],
  );
  return { sources, open, markdown };
};

interface OpenableChipProps {
  marker: number;
  cited: EvidenceTarget;
  messageId: string;
  onOpen: (cited: EvidenceTarget) => void;
  isMatched?: boolean;
}

/** Subscribes by itself to the open citation, so that opening one renders no text again. */
const OpenableChip = ({ marker, cited, messageId, onOpen, isMatched: matched }: OpenableChipProps) => {
  const opened = useEvidence((state) => state.messageId === messageId && isSamePassage(state.target, cited));
  return <CitationChip marker={marker} cited={cited} opened={opened} onOpen={() => onOpen(cited)} matched={matched} />;
};
