import type { LucideIcon } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import { pathTo, routes, type SectionId } from './routes';

export interface Section {
  id: SectionId;
  icon: LucideIcon;
  path: string;
  shortcut: string;
  Page: ComponentType;
  /** The list column; some sections have none. */
  List?: ComponentType;
}

/** In the order of the rail, with settings at its end. Each page is loaded when it is first opened. */
export const sections: Section[] = [
  {
    id: 'chat',
    icon: routes.chat.icon,
    path: pathTo('chat'),
    shortcut: 'mod+1',
    Page: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatList })),
  },
  {
    id: 'library',
    icon: routes.library.icon,
    path: pathTo('library'),
    shortcut: 'mod+2',
    Page: lazy(async () => ({ default: (await import('@renderer/features/library')).LibraryPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/library')).LibraryList })),
  },
  {
    id: 'debates',
    icon: routes.debates.icon,
    path: pathTo('debates'),
    shortcut: 'mod+3',
    Page: lazy(async () => ({ default: (await import('@renderer/features/debates')).DebatesPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/debates')).DebatesList })),
  },
  {
    id: 'metrics',
    icon: routes.metrics.icon,
    path: pathTo('metrics', { page: 'overview' }),
    shortcut: 'mod+4',
    Page: lazy(async () => ({ default: (await import('@renderer/features/metrics')).MetricsPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/metrics')).MetricsList })),
  },
  {
    id: 'settings',
    icon: routes.settings.icon,
    path: pathTo('settings', { page: 'general' }),
    shortcut: 'mod+,',
    Page: lazy(async () => ({ default: (await import('@renderer/features/settings')).SettingsPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/settings')).SettingsList })),
  },
];
