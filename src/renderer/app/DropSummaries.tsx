import { useApi } from '@renderer/base/client';
import { closeDrop, type OpenDrop, showDrop, useDrops } from '@renderer/base/dropStore';
import { currentPath, goTo, sectionAt } from '@renderer/base/routes';
import { useDocumentChoices } from '@renderer/base/useDocumentChoices';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { dismissToast, toast } from '@renderer/ui/toast';
import type { Arrival } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DropDetails } from './DropDetails';
import { type Counts, type Offer, offerOf, partsOf } from './dropSummary';

/** A drop that takes longer than this is announced at once, and summarised at the end. */
const patienceMs = 2_000;

/** Shows once for each drop the outcome of its files, whatever section the person is in by then. */
export const DropSummaries = () => {
  const open = useDrops((state) => state.open);
  const shown = useDrops((state) => state.shown);
  return (
    <>
      {open.map((drop) => (
        <DropWatch key={drop.id} drop={drop} />
      ))}
      {shown && <DropDetails dropId={shown} onClose={() => showDrop(null)} />}
    </>
  );
};

const DropWatch = ({ drop }: { drop: OpenDrop }) => {
  const { t } = useTranslation();
  const words = useErrorText();
  const choices = useDocumentChoices();
  const { data, error, isFetching } = useQuery(
    // Only read once all files were sent: before, an empty answer would look as if all were finished.
    useApi().library.drop.queryOptions({ input: { dropId: drop.id }, enabled: drop.sent }),
  );
  const counts: Counts | undefined = data?.counts;
  const reading = counts?.reading ?? 0;
  const over = drop.sent && !isFetching && data !== undefined && reading === 0 && (counts?.open ?? 0) <= drop.lost;
  const waiting = useRef(reading);
  waiting.current = reading;
  /** The message that the files are being read; the summary replaces it. */
  const readingMessage = useRef<number | null>(null);

  useEffect(() => {
    if (!drop.sent) return;
    const timer = setTimeout(() => {
      if (waiting.current > 0) readingMessage.current = toast({ message: t('drop.added', { count: waiting.current }) });
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [drop.sent, t]);

  useEffect(() => {
    if (drop.sent && error) {
      toast({ message: words(toErrorRecord(error)), tone: 'danger' });
      closeDrop(drop.id);
      return;
    }
    if (!over || !data) return;
    const actionOf = (offer: Offer) => {
      switch (offer.kind) {
        case 'separate': {
          const { versionId, documentId, title, source } = offer.arrival;
          return {
            label: t('choice.separate'),
            onAction: () => versionId && documentId && choices.separate([versionId], documentId, title ?? source),
          };
        }
        case 'join': {
          const { documentId } = offer.arrival;
          return { label: t('choice.join'), onAction: () => documentId && choices.join(documentId, offer.into.documentId) };
        }
        case 'details':
          return { label: t('drop.details'), onAction: () => showDrop(drop.id) };
        case 'library':
          return sectionAt(currentPath()) === 'library' ? undefined : { label: t('drop.open'), onAction: () => goTo('library') };
      }
    };
    const parts = partsOf(data.counts, drop.lost);
    const only = parts.length === 1 && parts[0]?.count === 1 ? parts[0].part : null;
    const one: Arrival | undefined = data.arrivals.find(({ outcome }) => outcome === only);
    const offer = offerOf(data.counts, data.arrivals);
    // Among several files the message names the one that the offer is about.
    const about = offer.kind === 'separate' || offer.kind === 'join' ? offer.arrival : null;
    const chosen = about && t(`drop.one.${offer.kind === 'separate' ? 'version' : 'own'}`, { title: about.title ?? about.source });
    const message =
      only && one
        ? only === 'unreadable' && one.error
          ? t('drop.one.unreadable', { title: one.source, why: words(one.error) })
          : t(`drop.one.${only === 'added' && one.namesake ? 'own' : only}`, { title: one.title ?? one.source })
        : [parts.map(({ part, count }) => t(`drop.sum.${part}`, { count })).join(', '), chosen].filter(Boolean).join('. ');
    if (readingMessage.current !== null) dismissToast(readingMessage.current);
    const bad = parts.some(({ part }) => part === 'unreadable' || part === 'lost');
    if (message) toast({ message, action: actionOf(offer), tone: bad ? 'danger' : 'neutral' });
    closeDrop(drop.id);
  }, [over, data, drop, error, choices, t, words]);
  return null;
};
