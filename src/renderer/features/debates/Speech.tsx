import { evidenceOf, evidenceOfSource, openCitation, useEvidence } from '@renderer/app/evidenceStore';
import { CitationChip } from '@renderer/ui/CitationChip';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import type { Citation, Source } from '@shared/model';
import { useCallback, useMemo } from 'react';

export interface SpeechProps {
  text: string;
  messageId: string;
  /** Of a contribution that is written. */
  citations?: readonly Citation[];
  /** Of one that is being written: what it may cite. */
  sources?: readonly Source[];
  streaming?: boolean;
}

/** What someone said, with its citations as chips that open the passage beside the debate. */
export const Speech = ({ text, messageId, citations, sources, streaming }: SpeechProps) => {
  const places = useMemo(() => (citations ? citations.map(evidenceOf) : (sources ?? []).map(evidenceOfSource)), [citations, sources]);
  const openedMarker = useEvidence((state) => (state.messageId === messageId ? (state.target?.marker ?? null) : null));
  const markers = useMemo(() => new Set(places.flatMap(({ marker }) => marker ?? [])), [places]);
  const renderCitation = useCallback(
    (marker: number) => {
      const index = places.findIndex((place) => place.marker === marker);
      const place = places[index];
      return place ? (
        <CitationChip
          marker={marker}
          place={place}
          opened={openedMarker === marker}
          onOpen={() => openCitation(place, { list: places, index, messageId })}
        />
      ) : null;
    },
    [places, openedMarker, messageId],
  );
  return <Markdown text={text} streaming={streaming} markers={markers} renderCitation={renderCitation} />;
};
