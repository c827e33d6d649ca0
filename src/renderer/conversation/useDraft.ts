import { useApi, useClient } from '@renderer/base/client';
import { savedBeforeLeaving } from '@renderer/base/leaving';
import { type DraftParts, joinDraft, mostInField, splitDraft, withEarly, withLong } from '@shared/text/draftParts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { create } from 'zustand';

/** Pause without a keystroke before a draft is saved: longer for a longer one, which costs more to save. */
const saveAfterMs = (length: number): number => 400 + length / 1_000;

interface Drafts {
  texts: Record<string, string>;
  /** The keys of drafts in which the person typed before the stored one was read: saved now, they would replace it. */
  early: Record<string, true>;
  /** The text of an early draft that was appended to the stored one, since the page seemed to go away. */
  appended: Record<string, string>;
}
/** The drafts in this window; they are stored shortly after. */
const useDrafts = create<Drafts>(() => ({ texts: {}, early: {}, appended: {} }));
/** Texts for a composer from elsewhere, until it appends them to its own. */
const useOffers = create<{ texts: Record<string, string> }>(() => ({ texts: {} }));

const keyOf = (conversationId: string | null): string => conversationId ?? 'new';

/** Resolves when nothing waits for the stored draft to be read: until then no draft of this key is saved. */
const whenRead = (key: string): Promise<void> =>
  new Promise((resolve) => {
    if (useDrafts.getState().early[key] !== true) return resolve();
    const stop = useDrafts.subscribe(({ early }) => {
      if (early[key] === true) return;
      stop();
      resolve();
    });
  });

export interface Draft extends DraftParts {
  /** Sets the text; one too long for the field is kept beside it. */
  setText: (text: string) => void;
  addLong: (text: string) => void;
  /** Adds a text that is nowhere else any more: it is shown once it is stored, so that a page that is left then has it. */
  putBackLong: (text: string) => Promise<void>;
  removeLong: () => void;
  clear: () => void;
}

/** The unsent text of a composer: it survives changing the page, reloading and a crash. */
export const useDraft = (conversationId: string | null): Draft => {
  const key = keyOf(conversationId);
  const client = useClient();
  const here = useDrafts((state) => state.texts[key]);
  const isEarly = useDrafts((state) => state.early[key] === true);
  const stored = useQuery(
    useApi().conversations.draft.queryOptions({ input: { key }, staleTime: 0, gcTime: 0, enabled: here === undefined || isEarly }),
  );
  const isRead = useRef(false);
  isRead.current = !stored.isPending;
  const waiting = useRef<{ key: string; text: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const flush = useCallback((): void => {
    const draft = waiting.current;
    if (!draft) return;
    clearTimeout(draft.timer);
    waiting.current = null;
    if (useDrafts.getState().early[draft.key]) return;
    savedBeforeLeaving(client.conversations.saveDraft({ key: draft.key, text: draft.text })).catch((error) =>
      console.warn('A draft could not be saved.', error),
    );
  }, [client]);

  const whole = here ?? stored.data?.text ?? '';
  const parts = useMemo(() => splitDraft(whole), [whole]);
  const present = useRef(parts);
  present.current = parts;

  const set = useCallback(
    (next: DraftParts): void => {
      const text = joinDraft(next);
      const before = present.current;
      present.current = next;
      useDrafts.setState(({ texts, early }) => ({
        texts: { ...texts, [key]: text },
        early: texts[key] === undefined && !isRead.current ? { ...early, [key]: true } : early,
      }));
      if (waiting.current && waiting.current.key !== key) flush();
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { key, text, timer: setTimeout(flush, saveAfterMs(text.length)) };
      // A long text is added or removed at once, not by keys, so it is saved at once too.
      if (next.long !== before.long) flush();
    },
    [key, flush],
  );
  const addLong = useCallback((added: string): void => set(withLong(present.current, added)), [set]);
  const putBackLong = useCallback(
    async (added: string): Promise<void> => {
      await whenRead(key);
      const text = joinDraft(withLong(present.current, added));
      // A draft that could not be stored is shown all the same.
      await client.conversations.saveDraft({ key, text }).catch(() => undefined);
      addLong(added);
    },
    [client, key, addLong],
  );
  const removeLong = useCallback((): void => set({ ...present.current, long: '' }), [set]);
  const setText = useCallback(
    (text: string): void =>
      set(text.length > mostInField ? withLong({ ...present.current, text: '' }, text) : { ...present.current, text }),
    [set],
  );

  /** Saves what waits before the page goes away: early drafts below the stored ones, which this page will not read any more. */
  const leave = useCallback((): void => {
    flush();
    const { early, texts, appended } = useDrafts.getState();
    for (const key of Object.keys(early)) {
      const text = texts[key] ?? '';
      if (text.trim() === '' || appended[key] === text) continue;
      useDrafts.setState((now) => ({ appended: { ...now.appended, [key]: text } }));
      savedBeforeLeaving(client.conversations.saveDraft({ key, text, isBelow: true })).catch((error) =>
        console.warn('A draft could not be saved.', error),
      );
    }
  }, [client, flush]);
  useEffect(() => {
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      flush();
    };
  }, [leave, flush]);

  const { text, long } = parts;
  const read = stored.data?.text ?? '';
  useEffect(() => {
    if (!isEarly || stored.isPending) return;
    const { [key]: appended, ...others } = useDrafts.getState().appended;
    useDrafts.setState(({ early: { [key]: _read, ...rest } }) => ({ early: rest, appended: others }));
    // A page that stayed after all may read what it appended.
    const before = appended !== undefined && read.endsWith(appended) ? read.slice(0, -appended.length) : read;
    set(withEarly(splitDraft(before), present.current));
    // Nothing of it was saved so far.
    flush();
  }, [isEarly, stored.isPending, key, read, set, flush]);
  const known = !isEarly && (here !== undefined || !stored.isPending);
  const offer = useOffers((state) => state.texts[key]);
  useEffect(() => {
    if (offer === undefined || !known) return;
    useOffers.setState(({ texts: { [key]: _taken, ...rest } }) => ({ texts: rest }));
    setText(text.trim() === '' ? offer : `${text.trimEnd()}\n\n${offer}`);
  }, [offer, known, key, text, setText]);

  const clear = useCallback((): void => {
    set({ text: '', long: '' });
    flush();
  }, [set, flush]);
  return { text, long, setText, addLong, putBackLong, removeLong, clear };
};

/** Puts a text into a composer from elsewhere (a suggestion, the palette); the composer's own text stays above it. */
export const putDraft = (conversationId: string | null, text: string): void =>
  useOffers.setState(({ texts }) => ({ texts: { ...texts, [keyOf(conversationId)]: text } }));
