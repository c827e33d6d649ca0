import { useApi } from '@renderer/base/client';
import { useDebounced } from '@renderer/lib/useDebounced';
import { FindBox } from '@renderer/ui/FindBox';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { findWords, wordsPattern } from './findWords';
import type { MessageListHandle } from './MessageList';

/** The pause between two keys of one word. */
const typingMs = 120;

interface ConversationFindProps {
  conversationId: string;
  list: RefObject<MessageListHandle | null>;
  onClose: () => void;
}

/** Finds words in a whole conversation, loaded or not; Enter and Shift+Enter move through the matches. */
export const ConversationFind = ({ conversationId, list, onClose }: ConversationFindProps) => {
  const api = useApi();
  const [typed, setTyped] = useState('');
  const query = useDebounced(typed.trim(), typingMs);
  const [step, setStep] = useState({ query: '', index: 0 });
  const pattern = useMemo(() => wordsPattern(query), [query]);
  const find = api.conversations.find.queryOptions({ input: { conversationId, query }, enabled: pattern !== null, gcTime: 0 });
  const { data, isFetching } = useQuery(find);
  const places = useMemo(
    () =>
      data?.matches.flatMap(({ messageId, position, ranges }) => ranges.map((_, nth) => ({ message: messageId, index: position, nth }))) ??
      [],
    [data],
  );
  const index = step.query === query ? Math.min(step.index, Math.max(0, places.length - 1)) : 0;
  const { message = null, index: place = 0, nth = 0 } = places[index] ?? {};

  // Only a step or another query scrolls the page; new text does not.
  useEffect(() => {
    if (message === null || !pattern) return;
    const aim = (row: HTMLElement): HTMLElement | Range => nthOf(findWords(row, pattern), nth) ?? row;
    list.current?.show({ message, index: place, below: 'middle', aim });
  }, [list, pattern, message, place, nth]);

  useEffect(() => {
    const content = list.current?.content();
    if (!content || !pattern) return;
    let frame = 0;
    const mark = (): void => {
      frame = 0;
      const found = [...content.querySelectorAll<HTMLElement>('[data-message]')].map((row) => ({ row, ranges: findWords(row, pattern) }));
      const current = nthOf(found.find(({ row }) => row.dataset.message === message)?.ranges ?? [], nth);
      CSS.highlights.set('find', new Highlight(...found.flatMap(({ ranges }) => ranges)));
      CSS.highlights.set('find-current', new Highlight(...(current ? [current] : [])));
    };
    const markSoon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(mark);
    };
    const changes = new MutationObserver(markSoon);
    changes.observe(content, { childList: true, characterData: true, subtree: true });
    mark();
    return () => {
      changes.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [list, pattern, message, nth]);

  return (
    <FindBox
      query={typed}
      onQuery={setTyped}
      total={places.length}
      index={index}
      more={data?.more === true || isFetching || query !== typed.trim()}
      onStep={(by) => places.length > 0 && setStep({ query, index: (index + by + places.length) % places.length })}
      onClose={onClose}
    />
  );
};

/** The engine also counts words that are not shown (the address of a link): the last visible match replaces them. */
const nthOf = (ranges: readonly Range[], nth: number): Range | undefined => ranges[nth] ?? ranges.at(-1);
