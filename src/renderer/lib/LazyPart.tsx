import { type ComponentType, lazy, useState } from 'react';

export interface PartSource<Props extends object = object> {
  /** The component itself once it is loaded; until then one that suspends while it loads. */
  component(): ComponentType<Props>;
  /** Loads the component, so that its first render does not wait. */
  preload(): Promise<void>;
}

/**
 * A part of the window that is loaded when it is first shown. React's `lazy` alone shows the fallback even of a component that is
 * there already, and keeps a fallback for 300 ms once it is shown: a part that was loaded beforehand would come that much later.
 */
export const partSource = <Props extends object = object>(load: () => Promise<ComponentType<Props>>): PartSource<Props> => {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<ComponentType<Props>> | null = null;
  const loadOnce = async (): Promise<ComponentType<Props>> => {
    loading ??= load();
    try {
      loaded = await loading;
      return loaded;
    } finally {
      // A load that failed is tried again by the next one.
      if (!loaded) loading = null;
    }
  };
  const waiting = lazy(async () => ({ default: await loadOnce() })) as ComponentType<Props>;
  return { component: () => loaded ?? waiting, preload: async () => void (await loadOnce()) };
};

/** Shows the part of a source; give it a key of its own for each source. The boundary above shows its fallback while it loads. */
export const LazyPart = <Props extends object>({ source, ...props }: { source: PartSource<Props> } & Props) => {
  // Kept for the life of the place on the page: another component there would lose its state.
  const [Shown] = useState(source.component);
  return <Shown {...(props as unknown as Props)} />;
};
