import { type ConversationKind, type MetricsSection, metricsSections } from '@shared/model';
import {
  Brain,
  ChartLine,
  FileText,
  Folder,
  FolderSync,
  Library,
  type LucideIcon,
  MessageSquare,
  Scale,
  Settings,
  TriangleAlert,
} from 'lucide-react';
import { useHashLocation } from 'wouter/use-hash-location';

export const settingsPages = ['general', 'providers', 'agents', 'search', 'memory', 'data', 'maintenance', 'about'] as const;
export type SettingsPageId = (typeof settingsPages)[number];

/** The lists of the memory, by the state of what is remembered. */
export const memoryLists = ['live', 'conflict', 'superseded', 'archived', 'deleted'] as const;
export type MemoryListId = (typeof memoryLists)[number];
/** The pages of the memory: its lists, what is mentioned together, and the gardener. */
export const memoryPages = [...memoryLists, 'graph', 'gardener'] as const;
export type MemoryPageId = (typeof memoryPages)[number];

/** The sections of the rail. The path of each is its name, and leads to its first page. */
const sectionIds = ['chat', 'library', 'debates', 'memory', 'metrics', 'settings'] as const;
export type SectionId = (typeof sectionIds)[number];

type None = Record<never, never>;
interface ConversationParams {
  id: string;
  /** The message to which the page jumps. */
  messageId?: string | undefined;
}

export interface RouteParams {
  chat: None;
  conversation: ConversationParams;
  debates: None;
  debate: ConversationParams;
  library: None;
  attention: None;
  collection: { id: string };
  folder: { id: string };
  document: { id: string };
  memory: { page: MemoryPageId };
  memoryItem: { id: string };
  metrics: { page: MetricsSection };
  settings: { page: SettingsPageId };
}
export type RouteName = keyof RouteParams;

interface RouteForm<Params> {
  /** The path of the place, without `#`. */
  format(params: Params): string;
  /** The parameters in the path; null when the path is none of this route. */
  parse(path: string): Params | null;
}

export interface Route<Params> extends RouteForm<Params> {
  section: SectionId;
  icon: LucideIcon;
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
const split = (path: string): string[] => (path.split('?')[0] ?? '').split('/').filter(Boolean).map(decode);
const join = (...parts: (string | undefined)[]): string =>
  `/${parts
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`;

/** One page: `/library/attention`. */
const single = (...parts: string[]): RouteForm<None> => ({
  format: () => join(...parts),
  parse: (path) => (join(...split(path)) === join(...parts) ? {} : null),
});

/** A page for each thing of a kind: `/library/documents/<id>`. */
const item = (first: string, second: string): RouteForm<{ id: string }> => ({
  format: ({ id }) => join(first, second, id),
  parse: (path) => {
    const [one, two, id, ...more] = split(path);
    return one === first && two === second && id && more.length === 0 ? { id } : null;
  },
});

/** A page for each thing of a section, beside pages with these names: `/memory/<id>`. */
const thing = (first: string, names: readonly string[]): RouteForm<{ id: string }> => ({
  format: ({ id }) => join(first, id),
  parse: (path) => {
    const [one, id, ...more] = split(path);
    return one === first && id && !names.includes(id) && more.length === 0 ? { id } : null;
  },
});

/** A conversation, or one of its messages: `/chat/<id>`, `/chat/<id>/<message>`. */
const conversation = (first: string): RouteForm<ConversationParams> => ({
  format: ({ id, messageId }) => join(first, id, messageId),
  parse: (path) => {
    const [one, id, messageId, ...more] = split(path);
    return one === first && id && more.length === 0 ? { id, messageId } : null;
  },
});

/** A fixed set of pages, the first of them without a name in its path: `/settings`, `/settings/data`. */
const pages = <Page extends string>(first: string, names: readonly Page[]): RouteForm<{ page: Page }> => ({
  format: ({ page }) => join(first, page === names[0] ? undefined : page),
  parse: (path) => {
    const [one, name = names[0], ...more] = split(path);
    const page = names.find((known) => known === name);
    return one === first && page && more.length === 0 ? { page } : null;
  },
});

/** Every place of the window: the form of its path, its icon and the section to which it belongs. */
export const routes: { [Name in RouteName]: Route<RouteParams[Name]> } = {
  chat: { section: 'chat', icon: MessageSquare, ...single('chat') },
  conversation: { section: 'chat', icon: MessageSquare, ...conversation('chat') },
  library: { section: 'library', icon: Library, ...single('library') },
  attention: { section: 'library', icon: TriangleAlert, ...single('library', 'attention') },
  collection: { section: 'library', icon: Folder, ...item('library', 'collections') },
  folder: { section: 'library', icon: FolderSync, ...item('library', 'folders') },
  document: { section: 'library', icon: FileText, ...item('library', 'documents') },
  debates: { section: 'debates', icon: Scale, ...single('debates') },
  debate: { section: 'debates', icon: Scale, ...conversation('debates') },
  memory: { section: 'memory', icon: Brain, ...pages('memory', memoryPages) },
  memoryItem: { section: 'memory', icon: Brain, ...thing('memory', memoryPages) },
  metrics: { section: 'metrics', icon: ChartLine, ...pages('metrics', metricsSections) },
  settings: { section: 'settings', icon: Settings, ...pages('settings', settingsPages) },
};

/** The place where a conversation of each kind opens. */
export const conversationRoutes = { chat: 'conversation', debate: 'debate' } as const satisfies Record<ConversationKind, RouteName>;

/** A route with the parameters of its path. */
export type Place = { [Name in RouteName]: { name: Name } & RouteParams[Name] }[RouteName];

type Args<Name extends RouteName> = None extends RouteParams[Name] ? [] : [params: RouteParams[Name]];

/** The path of a place, without `#`. */
export const pathTo = <Name extends RouteName>(name: Name, ...[params]: Args<Name>): string =>
  routes[name].format((params ?? {}) as RouteParams[Name]);

/** The address of a place in links. */
export const hrefTo = <Name extends RouteName>(name: Name, ...args: Args<Name>): string => hrefOf(pathTo(name, ...args));
export const hrefOf = (path: string): string => `#${path}`;

/**
 * The place at a path. The empty path leads to a new chat, and an unknown one within a section to the section's first page; null
 * for a path of no section.
 */
export const placeAt = (path: string): Place | null => {
  for (const name of Object.keys(routes) as RouteName[]) {
    const params = routes[name].parse(path);
    if (params) return { name, ...params } as Place;
  }
  const [first = 'chat'] = split(path);
  return sectionIds.some((id) => id === first) ? placeAt(join(first)) : null;
};

/** The section to which a path belongs; null for a path of none. */
export const sectionAt = (path: string): SectionId | null => {
  const place = placeAt(path);
  return place && routes[place.name].section;
};

/**
 * The path of a conversation's message becomes that of the conversation: the person returns to where they were reading, not to an
 * old jump.
 */
export const withoutMessage = (path: string): string => {
  const place = placeAt(path);
  return place?.name === 'conversation' || place?.name === 'debate' ? pathTo(place.name, { id: place.id }) : path;
};

/** The path that the window shows. */
export const currentPath = (): string => location.hash.replace(/^#/, '');

/** True when the window shows this place, or a message in it. */
export const isOpen = <Name extends RouteName>(name: Name, ...args: Args<Name>): boolean =>
  withoutMessage(currentPath()) === pathTo(name, ...args);

/** Shows the place at a path. The only code that moves the window, beside links. */
export const goToPath = (path: string): void => location.assign(hrefOf(path));
export const goTo = <Name extends RouteName>(name: Name, ...args: Args<Name>): void => goToPath(pathTo(name, ...args));

/** The place that the window shows. */
export const usePlaceShown = (): Place | null => placeAt(useHashLocation()[0]);

/** The parameters of the place that the window shows; null while it shows one of another route. */
export const useParamsOf = <Name extends RouteName>(name: Name): RouteParams[Name] | null => routes[name].parse(useHashLocation()[0]);
