import { type EvidenceTarget, evidenceOf, evidenceOfSource, openCitation, useEvidence } from '@renderer/app/evidenceStore';
import { CitationChip } from '@renderer/ui/CitationChip';
import type { Citation, Source } from '@shared/model';
import { type ReactNode, useCallback, useMemo } from 'react';

/** A target that has its number. */
export type NumberedTarget = EvidenceTarget & { marker: number };

export interface AnswerEvidence {
  /** By number, each once. */
  places: readonly NumberedTarget[];
  markers: ReadonlySet<number>;
  /** The number open in the panel, if it belongs to this answer. */
  opened: number | null;
  open: (marker: number) => void;
  renderCitation: (marker: number) => ReactNode;
}

/** What an answer cites: its stored citations, or while it is written the sources it was given. */
export const useAnswerEvidence = (messageId: string, citations: readonly Citation[], sources: readonly Source[]): AnswerEvidence => {
  const places = useMemo(() => {
    const targets = citations.length > 0 ? citations.map(evidenceOf) : sources.map(evidenceOfSource);
    const numbered = targets.filter((target): target is NumberedTarget => target.marker !== null);
    return [...new Map(numbered.map((target) => [target.marker, target])).values()].sort((a, b) => a.marker - b.marker);
  }, [citations, sources]);
  const markers = useMemo(() => new Set(places.map(({ marker }) => marker)), [places]);
  const opened = useEvidence((state) => (state.messageId === messageId ? (state.target?.marker ?? null) : null));
  const open = useCallback(
    (marker: number): void => {
      const index = places.findIndex((place) => place.marker === marker);
      const target = places[index];
      if (target) openCitation(target, { list: places, index, messageId });
    },
    [places, messageId],
  );
  const renderCitation = useCallback(
    (marker: number): ReactNode => {
      const place = places.find((candidate) => candidate.marker === marker);
      return place ? <OpenableChip place={place} messageId={messageId} onOpen={open} /> : `[${marker}]`;
    },
    [places, messageId, open],
  );
  return { places, markers, opened, open, renderCitation };
};

/** Listens for itself whether it is open, so that opening a citation paints no text again. */
const OpenableChip = ({ place, messageId, onOpen }: { place: NumberedTarget; messageId: string; onOpen: (marker: number) => void }) => {
  const opened = useEvidence((state) => state.messageId === messageId && state.target?.marker === place.marker);
  return <CitationChip marker={place.marker} place={place} opened={opened} onOpen={() => onOpen(place.marker)} />;
};
