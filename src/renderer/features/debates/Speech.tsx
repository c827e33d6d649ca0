import { useCitations } from '@renderer/app/useCitations';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import type { Citation, Source } from '@shared/model';

// Constants, because a new array at each render would paint the text again.
const noCitations: Citation[] = [];
const noSources: Source[] = [];

export interface SpeechProps {
  text: string;
  messageId: string;
  /** Citations of a finished contribution. */
  citations?: readonly Citation[];
  /** Sources that an unfinished contribution may cite. */
  sources?: readonly Source[];
  streaming?: boolean;
  /** The position of the text in its message. */
  offset?: number;
}

/** The text of a contribution, with its citations as chips that open the passage beside the debate. */
export const Speech = ({ text, messageId, citations = noCitations, sources = noSources, streaming = false, offset = 0 }: SpeechProps) => {
  const { markdown } = useCitations(messageId, citations, sources);
  return <Markdown text={text} streaming={streaming} offset={offset} {...markdown} />;
};
