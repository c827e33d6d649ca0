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

/** In the order of the rail; settings stand at its end. */
export const sections: Section[] = [
  {
    id: 'chat',
    icon: MessageSquare,
    href: href(paths.chat()),
    shortcut: 'mod+1',
    Page: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatPage })),
    List: lazy(async () => ({ default: (await import('@renderer/features/chat')).ChatList })),
  },
];
void [ChartLine, Library, Scale, Settings];
