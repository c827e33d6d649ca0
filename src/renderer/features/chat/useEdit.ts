import type { Message } from '@shared/model';
import { useCallback } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

/** An earlier question that is being edited. */
interface Edit {
  parentId: string | null;
  text: string;
}

/** By conversation, for as long as the window is open: opening another conversation, or a reload, keeps the edited text. */
const useEdits = create<{ edits: Record<string, Edit | undefined> }>()(
  persist((): { edits: Record<string, Edit | undefined> } => ({ edits: {} }), {
    name: 'emergence.edits',
    storage: createJSONStorage(() => sessionStorage),
  }),
);

export interface Editing {
  edit: Edit | null;
  begin: (message: Message) => void;
  setText: (text: string) => void;
  /** Null ends editing. */
  set: (edit: Edit | null) => void;
}

export const useEdit = (conversationId: string): Editing => {
  const edit = useEdits(({ edits }) => edits[conversationId] ?? null);
  const set = useCallback(
    (next: Edit | null): void => {
      useEdits.setState(({ edits }) => ({ edits: { ...edits, [conversationId]: next ?? undefined } }));
    },
    [conversationId],
  );
  const begin = useCallback(({ parentId, text }: Message): void => set({ parentId, text }), [set]);
  const setText = useCallback(
    (text: string): void => {
      const present = useEdits.getState().edits[conversationId];
      if (present) set({ ...present, text });
    },
    [conversationId, set],
  );
  return { edit, begin, setText, set };
};
