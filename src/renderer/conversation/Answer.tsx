import { useEvidence } from '@renderer/base/evidenceStore';
import { LazyPart } from '@renderer/lib/LazyPart';
import { lazyMarkdown } from '@renderer/ui/markdown/lazyMarkdown';
import { SourceList } from '@renderer/ui/SourceList';
import { Thinking } from '@renderer/ui/Thinking';
import type { AnswerCheck, Citation, Message, Source, Thinking as Thought } from '@shared/model';
import { type ReactNode, Suspense } from 'react';
import styles from './Answer.module.css';
import { Uncited } from './Uncited';
import { type Citations, useCitations } from './useCitations';

// Constants, because a new array at each render would paint the text again.
const noSources: readonly Source[] = [];
const noCitations: readonly Citation[] = [];

/** An answer as it is shown: while it is written, and stored. */
export interface ShownAnswer {
  /** The id of its message. */
  id: string;
  text: string;
  thinking: Thought | null;
  /** Its citations, as soon as they are known. */
  citations?: readonly Citation[] | undefined;
  /** Its check against its passages, as soon as it is known. */
  check?: AnswerCheck | undefined;
  /** The sources that it may cite while it is written. */
  sources?: readonly Source[] | undefined;
  /** The stored answer; null while it is written. */
  stored: Message | null;
}

export const storedAnswer = (message: Message): ShownAnswer => ({
  id: message.id,
  text: message.text,
  thinking: message.thinking,
  citations: message.citations,
  check: message.info?.check,
  stored: message,
});

/** Paints a part of the text with its citations. `offset` is the position of the part in the text. */
export type PaintPart = (text: string, offset?: number) => ReactNode;

interface AnswerProps {
  answer: ShownAnswer;
  /** Stands in for the text until its first words come. */
  waiting?: ReactNode;
  /** Arranges the parts of the text; without it the text is one part. */
  layout?: ((paint: PaintPart) => ReactNode) | undefined;
  /** True to list the cited sources below the text. */
  listsSources?: boolean;
  /** Notes on its end, directly below the text. */
  children?: ReactNode;
}

/**
 * The thinking, the text and the sources of an answer, of any conversation. The elements are the same while it is written and
 * after, so that nothing is painted again at the end.
 */
export const Answer = ({ answer, waiting, layout, listsSources = false, children }: AnswerProps) => {
  const { id, text, thinking, stored } = answer;
  const citations = useCitations(id, answer.citations ?? noCitations, answer.sources ?? noSources, { text, check: answer.check });
  const isWritten = stored === null;
  const paint: PaintPart = (part, offset = 0) => (
    <LazyPart source={lazyMarkdown} text={part} streaming={isWritten} offset={offset} {...citations.markdown} />
  );
  return (
    <>
      <Thinking thinking={thinking} live={isWritten && text === ''} />
      {isWritten && text === '' && waiting}
      {text !== '' && (
        <div className={isWritten ? styles.writing : undefined} data-words>
          {/* Only where an answer is shown before its Markdown is loaded: nothing, since plain text would flicker. */}
          <Suspense fallback={null}>{layout ? layout(paint) : paint(text)}</Suspense>
        </div>
      )}
      {children}
      {stored && <Uncited message={stored} />}
      {stored && listsSources && <CitedSources messageId={id} {...citations} />}
    </>
  );
};

const CitedSources = ({ messageId, sources, open }: Pick<Citations, 'sources' | 'open'> & { messageId: string }) => {
  const opened = useEvidence((state) => (state.messageId === messageId ? (state.target?.marker ?? null) : null));
  return <SourceList sources={sources} opened={opened} onOpen={({ marker }) => open(marker)} />;
};
