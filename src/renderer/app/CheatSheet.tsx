import { Dialog } from '@renderer/ui/Dialog';
import { Kbd } from '@renderer/ui/Kbd';
import { useTranslation } from 'react-i18next';
import styles from './CheatSheet.module.css';

const general = [
  ['palette', 'mod+k'],
  ['newChat', 'mod+n'],
  ['find', 'mod+f'],
  ['searchEverything', 'mod+shift+f'],
  ['settings', 'mod+,'],
  ['section', 'mod+1'],
  ['list', 'mod+b'],
  ['close', 'Escape'],
  ['cheatSheet', '?'],
] as const;
const chat = [
  ['send', 'Enter'],
  ['newLine', 'shift+Enter'],
  ['citations', 'ArrowLeft+ArrowRight'],
  ['openCitation', 'Enter'],
  ['rename', 'F2'],
  ['deleteConversation', 'Delete'],
] as const;

export const CheatSheet = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('shortcuts.title')} size="l">
      <div className={styles.columns}>
        <Group name="general" entries={general} />
        <Group name="chat" entries={chat} />
      </div>
    </Dialog>
  );
};

/** Rendered only in an open sheet. */
const Group = ({ name: group, entries }: { name: 'general' | 'chat'; entries: typeof general | typeof chat }) => {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={styles.title}>{t(`shortcuts.${group}`)}</h3>
      <dl className={styles.keys}>
        {entries.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(`shortcuts.${name}`)}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
