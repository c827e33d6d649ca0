import { type ComponentType, lazy, useState } from 'react';

export interface PageSource {
  /** The component itself once it is loaded; until then one that suspends while it loads. */
  component(): ComponentType;
  /** Loads the component, so that its first render does not wait. */
  preload(): Promise<void>;
}

/**
 * A page that is loaded when it is first shown. React's `lazy` alone shows the fallback even of a component that is there already,
 * and keeps a fallback for 300 ms once it is shown: a page that was loaded beforehand would come that much later.
 */
export const pageSource = (load: () => Promise<ComponentType>): PageSource => {
  let loaded: ComponentType | null = null;
  let loading: Promise<ComponentType> | null = null;
  const loadOnce = async (): Promise<ComponentType> => {
    loading ??= load();
    try {
      loaded = await loading;
      return loaded;
    } finally {
      // A load that failed is tried again by the next one.
      if (!loaded) loading = null;
    }
  };
  const waiting = lazy(async () => ({ default: await loadOnce() }));
  return { component: () => loaded ?? waiting, preload: async () => void (await loadOnce()) };
};

/** Shows the page of a source; give it a key of its own for each source. The boundary above shows its fallback while it loads. */
export const LazyPage = ({ source }: { source: PageSource }) => {
  // Kept for the life of the place on the page: another component there would lose its state.
  const [Shown] = useState(source.component);
  return <Shown />;
};
