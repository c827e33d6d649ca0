import { createQueryClient } from '@renderer/app/queryClient';
import { type Client, createApi, type Engine, EngineContext } from '@renderer/base/client';
import { en } from '@renderer/locales/en';
import { QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { createElement, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';

export interface MountedHook<Props, Value> {
  /** The value of the last time that it was called. */
  readonly current: Value;
  /** Calls it again with other values. A state that its effects set shows a moment later. */
  show(props: Props): void;
  unmount(): void;
}

/** The engine as a window has it; its calls go to the client of the test. */
export const engineOf = (client: Client, more: Partial<Engine> = {}): Engine => ({
  client,
  api: createApi(client),
  whenOpen: async () => {},
  headers: async () => ({}),
  ...more,
});

/** React draws into a page; a component that draws nothing asks no more of it than this. */
const createContainer = (): HTMLElement =>
  Object.assign(new EventTarget(), {
    nodeType: 1,
    nodeName: 'DIV',
    tagName: 'DIV',
    textContent: '',
    ownerDocument: Object.assign(new EventTarget(), { nodeType: 9, defaultView: window }),
  }) as unknown as HTMLElement;

interface ProbeProps<Props, Value> {
  use: (props: Props) => Value;
  given: Props;
  onValue: (value: Value) => void;
}

/** Calls the hook and draws nothing. */
const Probe = <Props, Value>({ use: useHook, given, onValue }: ProbeProps<Props, Value>): ReactNode => {
  onValue(useHook(given));
  return null;
};

/** Mounts a hook by React itself, below what the window puts around its parts. Import `support/page` before it. */
export const mountHook = async <Props, Value>(
  use: (props: Props) => Value,
  props: Props,
  engine: Engine,
): Promise<MountedHook<Props, Value>> => {
  if (!i18next.isInitialized)
    await i18next.use(initReactI18next).init({ lng: 'en', fallbackLng: false, defaultNS: 'common', resources: { en } });
  let current: Value | undefined;
  const onValue = (value: Value): void => {
    current = value;
  };
  const queries = createQueryClient();
  const root = createRoot(createContainer());
  const show = (given: Props): void =>
    flushSync(() =>
      root.render(
        createElement(
          EngineContext,
          { value: engine },
          createElement(QueryClientProvider, { client: queries }, createElement(Probe<Props, Value>, { use, given, onValue })),
        ),
      ),
    );
  show(props);
  return {
    get current() {
      return current as Value;
    },
    show,
    unmount: () => {
      flushSync(() => root.unmount());
      queries.clear();
    },
  };
};
