import { useAddFiles } from '@renderer/base/addFiles';
import { takeAsked, useIsAsked } from '@renderer/base/askAbout';
import { useApi, useClient } from '@renderer/base/client';
import { useCommand } from '@renderer/base/commands';
import { goTo, isOpen } from '@renderer/base/routes';
import { Composer, type ComposerHandle } from '@renderer/conversation/Composer';
import { putDraft, useDraft } from '@renderer/conversation/useDraft';
import { useModels } from '@renderer/conversation/useModels';
import { afterFrame } from '@renderer/lib/afterFrame';
import type { Format } from '@renderer/lib/format';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { IconButton } from '@renderer/ui/IconButton';
import { LayoutContext } from '@renderer/ui/layoutContext';
import { useAttempt } from '@renderer/ui/useAttempt';
import { type About, type ConversationSettings, newId } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { BookOpen, FileText, FileUp, HardDrive, type LucideIcon, PanelLeft, Plug, Scale } from 'lucide-react';
import { useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './EmptyChat.module.css';
import { HintRow } from './HintRow';
import { useConversationSettings } from './settings';
import { useTurnActions } from './useTurnActions';

interface Suggestion {
  icon: LucideIcon;
  words: string;
  note: string;
  act: () => void;
}

/** Makes the window ready for the first words of an answer, and for its end. Loaded apart, because the page is shown without it. */
const warmAnswers = (format: Format): void => {
  // The figures below an answer: the browser takes some 10 ms to make the first of each kind.
  const figures = [() => format.integer(1), () => format.duration(1_000), () => format.money(1)];
  // The first answer works without it, only its words come a little later.
  import('@renderer/ui/markdown/warmMarkdown').then(({ warmMarkdown }) => warmMarkdown(figures)).catch(() => {});
};

/** The product's name, the composer and three suggestions made from the person's real content. */
export const EmptyChat = () => {
  const { t } = useTranslation(['chat', 'common']);
  const format = useFormat();
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const actions = useTurnActions();
  const { choose } = useAddFiles();
  const { settings, change } = useConversationSettings(null);
  const draft = useDraft(null);
  const layout = useContext(LayoutContext);
  const composer = useRef<ComposerHandle>(null);
  const guide = useQuery(api.library.collections.queryOptions()).data?.find(({ origin, documents }) => origin === 'guide' && documents > 0);
  const providers = useQuery(api.providers.list.queryOptions()).data;
  const hasModel = useModels().length > 0;
  const offer = useQuery(api.providers.offers.queryOptions()).data?.find(({ proven }) => proven);
  const latest = useQuery(api.library.documents.queryOptions({ input: { sort: 'updated', limit: 5 } })).data?.items.find(
    ({ state, collectionIds }) => state === 'ready' && (!guide || !collectionIds.includes(guide.id)),
  );
  useTitle(t('newChat'));
  // In the first frame already, so that no key is lost that is pressed as soon as the field shows.
  useLayoutEffect(() => composer.current?.focus(), []);
  useEffect(() => afterFrame(() => warmAnswers(format)), [format]);
  useCommand('new-chat', () => composer.current?.focus());

  const send = async (text: string, own: Partial<ConversationSettings> = {}, about?: About): Promise<boolean> => {
    const conversationId = newId();
    const started = actions.send(conversationId, text, { afterId: null, settings: { ...settings, ...own }, about });
    // Asking a suggestion keeps the text in the composer for later.
    const written = text === draft.text;
    if (written) draft.clear();
    goTo('conversation', { id: conversationId });
    if (await started) return true;
    if (written) draft.setText(text);
    if (isOpen('conversation', { id: conversationId })) goTo('chat');
    return false;
  };

  const isAsked = useIsAsked();
  const sendAsked = useRef(send);
  sendAsked.current = send;
  useEffect(() => {
    const asked = isAsked ? takeAsked() : null;
    if (asked) void sendAsked.current(asked.text, {}, asked.about);
  }, [isAsked]);

  const files: Suggestion = { icon: FileUp, words: t('empty.files'), note: t('empty.filesNote'), act: () => choose('files') };
  const suggestions: Suggestion[] = [];
  if (guide) {
    suggestions.push({
      icon: BookOpen,
      words: t('empty.guide'),
      note: hasModel ? guide.name : t('empty.guideNote'),
      act: () => void send(t('empty.guideQuestion'), { documents: true, collectionIds: [guide.id] }),
    });
  }
  if (latest) {
    suggestions.push({
      icon: FileText,
      words: t('empty.document', { title: latest.title }),
      note: t('empty.documentNote', { when: format.ago(latest.updatedAt) }),
      act: () => {
        putDraft(null, t('empty.documentQuestion', { title: latest.title }));
        requestAnimationFrame(() => composer.current?.focus());
      },
    });
  }
  suggestions.push(files);
  if (offer && providers && !hasModel) {
    suggestions.push({
      icon: HardDrive,
      words: t('empty.offer', { name: offer.name }),
      note: t('empty.offerNote'),
      act: () => void attempt(() => client.providers.acceptOffer({ baseUrl: offer.baseUrl })),
    });
  } else if (providers && !hasModel) {
    suggestions.push({
      icon: Plug,
      words: t('empty.provider'),
      note: t('empty.providerNote'),
      act: () => goTo('settings', { page: 'providers' }),
    });
  } else if (providers) {
    suggestions.push({
      icon: Scale,
      words: t('empty.debate'),
      note: t('empty.debateNote'),
      act: () => goTo('debates'),
    });
  }
  const shown = suggestions.length > 3 ? suggestions.filter((suggestion) => suggestion !== files) : suggestions;

  return (
    <>
      {layout.hasList && !layout.listOpen && (
        <IconButton
          icon={PanelLeft}
          label={t('common:list.show')}
          shortcut="mod+b"
          onClick={layout.toggleList}
          className={styles.showList}
        />
      )}
      <div className={styles.start}>
        <h1 className={styles.name}>{t('common:product')}</h1>
        <HintRow conversationId={null} draft={draft.text} agentId={settings.agentId} />
        <Composer
          ref={composer}
          text={draft.text}
          onText={draft.setText}
          draft={draft}
          settings={settings}
          onSettings={change}
          onSend={send}
          onStop={null}
          placeholder={t('composer.placeholder')}
        />
        <ul className={styles.suggestions}>
          {shown.slice(0, 3).map(({ icon: Icon, words, note, act }) => (
            <li key={words}>
              <button type="button" className={styles.suggestion} onClick={act}>
                <Icon size={16} aria-hidden />
                <span className="clip">{words}</span>
                <span className={styles.note}>{note}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
};
