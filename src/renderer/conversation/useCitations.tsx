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
import { CitationChip } from '@renderer/ui/CitationChip';
import { type CitationMark, quotedIn } from '@shared/markdown/citationMarks';
import type { Citation, Source } from '@shared/model';
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
  };
}

const isNumbered = (target: EvidenceTarget): target is NumberedTarget => target.marker !== null;

/** The citations of a message: the stored ones, each at its place, or while it is written the sources it was given. */
export const useCitations = (messageId: string, citations: readonly Citation[], given: readonly Source[]): Citations => {
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
  const markdown = useMemo(() => ({ markers, places, isQuoted, renderCitation }), [markers, places, isQuoted, renderCitation]);
  return { sources, open, markdown };
};

interface OpenableChipProps {
  marker: number;
  cited: EvidenceTarget;
  messageId: string;
  onOpen: (cited: EvidenceTarget) => void;
}

/** Subscribes by itself to the open citation, so that opening one renders no text again. */
const OpenableChip = ({ marker, cited, messageId, onOpen }: OpenableChipProps) => {
  const opened = useEvidence((state) => state.messageId === messageId && isSamePassage(state.target, cited));
  return <CitationChip marker={marker} cited={cited} opened={opened} onOpen={() => onOpen(cited)} />;
};
