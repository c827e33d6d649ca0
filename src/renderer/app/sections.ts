import { pathTo, routes, type SectionId } from '@renderer/base/routes';
import { type PartSource, partSource } from '@renderer/lib/LazyPart';
import type { LucideIcon } from 'lucide-react';

export interface Section {
  id: SectionId;
  icon: LucideIcon;
  path: string;
  shortcut: string;
  page: PartSource;
  /** The list column; some sections have none. */
  list?: PartSource;
}

/** In the order of the rail, with settings at its end. Each page is loaded when it is first opened. */
export const sections: Section[] = [
  {
    id: 'chat',
    icon: routes.chat.icon,
    path: pathTo('chat'),
    shortcut: 'mod+1',
    page: partSource(async () => (await import('@renderer/features/chat')).ChatPage),
    list: partSource(async () => (await import('@renderer/features/chat')).ChatList),
  },
  {
    id: 'library',
    icon: routes.library.icon,
    path: pathTo('library'),
    shortcut: 'mod+2',
    page: partSource(async () => (await import('@renderer/features/library')).LibraryPage),
    list: partSource(async () => (await import('@renderer/features/library')).LibraryList),
  },
  {
    id: 'debates',
    icon: routes.debates.icon,
    path: pathTo('debates'),
    shortcut: 'mod+3',
    page: partSource(async () => (await import('@renderer/features/debates')).DebatesPage),
    list: partSource(async () => (await import('@renderer/features/debates')).DebatesList),
  },
  {
    id: 'memory',
    icon: routes.memory.icon,
    path: pathTo('memory', { page: 'live' }),
    shortcut: 'mod+4',
    page: partSource(async () => (await import('@renderer/features/memory')).MemoryPage),
    list: partSource(async () => (await import('@renderer/features/memory')).MemoryList),
  },
  {
    id: 'metrics',
    icon: routes.metrics.icon,
    path: pathTo('metrics', { page: 'overview' }),
    shortcut: 'mod+5',
    page: partSource(async () => (await import('@renderer/features/metrics')).MetricsPage),
    list: partSource(async () => (await import('@renderer/features/metrics')).MetricsList),
  },
  {
    id: 'settings',
    icon: routes.settings.icon,
    path: pathTo('settings', { page: 'general' }),
    shortcut: 'mod+,',
    page: partSource(async () => (await import('@renderer/features/settings')).SettingsPage),
    list: partSource(async () => (await import('@renderer/features/settings')).SettingsList),
  },
];

/** Loads the page and the list of the section with this id; resolves when they can be shown at once. */
export const preloadSection = async (id: SectionId | null): Promise<void> => {
  const section = sections.find((one) => one.id === id);
  await Promise.all([section?.page.preload(), section?.list?.preload()]);
};
