import { Markdown } from '@renderer/ui/markdown/Markdown';
import type { Citation, Source } from '@shared/model';
import { useCitations } from './useCitations';

// Constants, because a new array at each render would paint the text again.
const noCitations: Citation[] = [];
const noSources: Source[] = [];

export interface CitedTextProps {
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

/** The text of an answer or a contribution, with its citations as chips that open the passage in the evidence panel. */
export const CitedText = ({
  text,
  messageId,
  citations = noCitations,
  sources = noSources,
  streaming = false,
  offset = 0,
}: CitedTextProps) => {
  const { markdown } = useCitations(messageId, citations, sources);
  return <Markdown text={text} streaming={streaming} offset={offset} {...markdown} />;
};
