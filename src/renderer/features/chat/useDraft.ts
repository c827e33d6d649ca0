import { useApi, useClient } from '@renderer/app/client';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { create } from 'zustand';

const saveAfterMs = 400;

/** Drafts as they stand in this window; the stored ones follow shortly behind. */
const useDrafts = create<{ texts: Record<string, string> }>(() => ({ texts: {} }));
/** Texts put into a composer from elsewhere, until it takes them up: below what it already holds. */
const useOffers = create<{ texts: Record<string, string> }>(() => ({ texts: {} }));

const keyOf = (conversationId: string | null): string => conversationId ?? 'new';

/** The unsent text of a composer: it survives changing the page, reloading and a crash. */
export const useDraft = (conversationId: string | null): { text: string; setText: (text: string) => void; clear: () => void } => {
  const key = keyOf(conversationId);
  const client = useClient();
  const here = useDrafts((state) => state.texts[key]);
  const stored = useQuery(
    useApi().conversations.draft.queryOptions({ input: { key }, staleTime: 0, gcTime: 0, enabled: here === undefined }),
  );
  const waiting = useRef<{ key: string; text: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const flush = useCallback((): void => {
    const draft = waiting.current;
    if (!draft) return;
    clearTimeout(draft.timer);
    waiting.current = null;
    client.conversations
      .saveDraft({ key: draft.key, text: draft.text })
      .catch((error) => console.warn('A draft could not be saved.', error));
  }, [client]);

  const setText = useCallback(
    (text: string): void => {
      useDrafts.setState(({ texts }) => ({ texts: { ...texts, [key]: text } }));
      if (waiting.current && waiting.current.key !== key) flush();
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { key, text, timer: setTimeout(flush, saveAfterMs) };
    },
    [key, flush],
  );

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  const text = here ?? stored.data?.text ?? '';
  const known = here !== undefined || !stored.isPending;
  const offer = useOffers((state) => state.texts[key]);
  useEffect(() => {
    if (offer === undefined || !known) return;
    useOffers.setState(({ texts: { [key]: _taken, ...rest } }) => ({ texts: rest }));
    setText(text.trim() === '' ? offer : `${text.trimEnd()}\n\n${offer}`);
  }, [offer, known, key, text, setText]);

  const clear = useCallback((): void => {
    setText('');
    flush();
  }, [setText, flush]);
  return { text, setText, clear };
};

/** Puts a text into a composer from elsewhere (a suggestion, the palette); what it already holds stays above it. */
export const putDraft = (conversationId: string | null, text: string): void =>
  useOffers.setState(({ texts }) => ({ texts: { ...texts, [keyOf(conversationId)]: text } }));
