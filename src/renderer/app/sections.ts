import { ChartLine, Library, type LucideIcon, MessageSquare, Scale, Settings } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import { href, paths } from './paths';

export interface Section {
  id: 'chat' | 'library' | 'debates' | 'metrics' | 'settings';
  icon: LucideIcon;
  href: string;
  shortcut: string;
  Page: ComponentType;
  /** The list column; some sections have none. */
  List?: ComponentType;
}

/** In the order of the rail, with settings at its end. Each page is loaded when it is first opened. */
export const sections: Section[] = [
  {
    id: 'chat',
    icon: MessageSquare,
    href: href(paths.chat()),
    shortcut: 'mod+1',
    Page: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatList })),
  },
  {
    id: 'library',
    icon: Library,
    href: href(paths.library()),
    shortcut: 'mod+2',
    Page: lazy(async () => ({ default: (await import('@renderer/features/library')).LibraryPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/library')).LibraryList })),
  },
  {
    id: 'debates',
    icon: Scale,
    href: href(paths.debates()),
    shortcut: 'mod+3',
    Page: lazy(async () => ({ default: (await import('@renderer/features/debates')).DebatesPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/debates')).DebatesList })),
  },
  {
    id: 'metrics',
    icon: ChartLine,
    href: href(paths.metrics()),
    shortcut: 'mod+4',
    Page: lazy(async () => ({ default: (await import('@renderer/features/metrics')).MetricsPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/metrics')).MetricsList })),
  },
  {
    id: 'settings',
    icon: Settings,
    href: href(paths.settings()),
    shortcut: 'mod+,',
    Page: lazy(async () => ({ default: (await import('@renderer/features/settings')).SettingsPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/settings')).SettingsList })),
  },
];
