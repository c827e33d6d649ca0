import { useAddFiles } from '@renderer/base/addFiles';
import { runCommand } from '@renderer/base/commands';
import { currentPath, goTo, goToPath, type SectionId } from '@renderer/base/routes';
import { useSettings } from '@renderer/base/useSettings';
import { askForWebPage } from '@renderer/base/webPageQuestion';
import { FileUp, FolderUp, Globe, Keyboard, Languages, type LucideIcon, Plug, SquarePen, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PaletteAction } from './actions';

export interface PalettePlace {
  id: SectionId;
  icon: LucideIcon;
  path: string;
  shortcut: string;
}

/** Every action that is available everywhere. */
export const usePaletteActions = (places: readonly PalettePlace[]): PaletteAction[] => {
  const { t } = useTranslation();
  const { update } = useSettings();
  const { choose } = useAddFiles();
  // The present place is left out.
  const elsewhere = places.filter(({ path }) => path !== currentPath());
  return [
    { id: 'new', icon: SquarePen, label: t('palette.newChat'), shortcut: 'mod+n', run: () => runCommand('new-chat') },
    ...elsewhere.map(({ id, icon, path, shortcut }) => ({
      id: `go ${id}`,
      icon,
      shortcut,
      label: t('palette.go', { section: t(`sections.${id}`) }),
      run: () => goToPath(path),
    })),
    { id: 'files', icon: FileUp, label: t('palette.addFiles'), run: () => choose('files') },
    { id: 'folder', icon: FolderUp, label: t('palette.addFolder'), run: () => choose('folder') },
    { id: 'web', icon: Globe, label: t('palette.addWebPage'), run: () => askForWebPage() },
    { id: 'provider', icon: Plug, label: t('palette.addProvider'), run: () => goTo('settings', { page: 'providers' }) },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      id: `theme ${theme}`,
      icon: SunMoon,
      label: t('palette.theme', { theme: t(`theme.${theme}`) }),
      run: () => void update({ appearance: { theme } }),
    })),
    ...(['system', 'en', 'fr'] as const).map((language) => ({
      id: `language ${language}`,
      icon: Languages,
      label: t('palette.language', { language: t(`language.${language}`) }),
      run: () => void update({ appearance: { language } }),
    })),
    { id: 'keys', icon: Keyboard, label: t('palette.cheatSheet'), shortcut: '?', run: () => runCommand('shortcuts') },
  ];
};
