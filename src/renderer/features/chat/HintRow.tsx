import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { IconButton } from '@renderer/ui/IconButton';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Hint } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Lightbulb, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './HintRow.module.css';

interface HintRowProps {
  /** Null for a chat that does not exist yet. */
  conversationId: string | null;
  draft: string;
  agentId: string;
}

/** Pause without a keystroke before hints are asked for. */
const pauseMs = 800;
/** Days that a hint names at most: the latest. */
const mostDays = 3;

const keyOf = ({ item, type }: Hint): string => `${type} ${item.id}`;

/** One hint about what is remembered, above the composer. It stays until the person puts it away, and never touches the draft. */
export const HintRow = ({ conversationId, draft, agentId }: HintRowProps) => {
  const { t } = useTranslation('chat');
  const client = useClient();
  const run = useAttempt();
  const [shown, setShown] = useState<Hint | null>(null);
  /** The hints that were put away here: an answer that is still known may name them. */
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const written = useDebounced(draft.trim(), pauseMs);
  const { data } = useQuery(
    useApi().memory.hints.queryOptions({ input: { conversationId, draft: written, agentId }, enabled: shown === null && written !== '' }),
  );
  const next = data?.hints.find((hint) => !away.has(keyOf(hint)));
  // A hint that was shown rests for a day: the row keeps it, whatever the engine answers next.
  useEffect(() => {
    if (!next || shown) return;
    setShown(next);
    void client.memory.hintSeen({ itemId: next.item.id, type: next.type }).catch(() => undefined);
  }, [next, shown, client]);
  if (!shown) return null;
  const { item, type, conversations } = shown;
  const name = { itemId: item.id, type };
  const latest = conversations[0];
  const close = (note: 'hintApplied' | 'hintIgnored'): void => {
    void run(() => client.memory[note](name));
    setAway(new Set([...away, keyOf(shown)]));
    setShown(null);
  };
  return (
    <section className={styles.hint} aria-label={t('hint.label')}>
      <Lightbulb size={14} aria-hidden />
      <HintWords hint={shown} />
      {type === 'intent_followup' && (
        <Button
          size="s"
          variant="quiet"
          onClick={() => {
            void run(() => client.memory.tick({ id: item.id, done: true }));
            close('hintApplied');
          }}
        >
          {t('hint.done')}
        </Button>
      )}
      {latest && (
        <a
          className={styles.show}
          href={hrefTo('conversation', { id: latest.conversationId, messageId: latest.messageId })}
          onClick={() => close('hintApplied')}
        >
          {t('hint.show')}
        </a>
      )}
      <IconButton icon={X} iconSize={14} label={t('hint.ignore')} onClick={() => close('hintIgnored')} />
    </section>
  );
};

const HintWords = ({ hint: { type, item, days, conversations } }: { hint: Hint }) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const dates = format.list(days.slice(-mostDays).map((day) => format.date(new Date(`${day}T00:00`).getTime())));
  const words =
    type === 'subject_back'
      ? t('hint.subject', { text: item.text, dates, count: conversations.length })
      : type === 'intent_followup' && item.dueAt !== null
        ? t('hint.intent', { text: item.text, date: format.date(item.dueAt) })
        : t(type === 'constraint_warning' ? 'hint.constraint' : 'hint.preference', { text: item.text });
  return (
    <span className="clip grow" title={words} dir="auto">
      {words}
    </span>
  );
};
