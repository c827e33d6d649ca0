import { useCitations } from '@renderer/app/useCitations';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import type { Citation, Source } from '@shared/model';

// The same ones at each render: what is written is painted again when they change.
const noCitations: Citation[] = [];
const noSources: Source[] = [];

export interface SpeechProps {
  text: string;
  messageId: string;
  /** Of a contribution that is written. */
  citations?: readonly Citation[];
  /** Of one that is being written: what it may cite. */
  sources?: readonly Source[];
  streaming?: boolean;
  /** Where the text begins in its message. */
  offset?: number;
}

/** What someone said, with its citations as chips that open the passage beside the debate. */
export const Speech = ({ text, messageId, citations = noCitations, sources = noSources, streaming = false, offset = 0 }: SpeechProps) => {
  const { markdown } = useCitations(messageId, citations, sources);
  return <Markdown text={text} streaming={streaming} offset={offset} {...markdown} />;
};
