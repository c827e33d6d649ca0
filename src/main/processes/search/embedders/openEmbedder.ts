import type { EmbedderChoice } from '../api';
import type { StaticModel } from '../staticModel';
import type { Embedder } from './embedder';
import { createEndpointEmbedder } from './endpointEmbedder';
import { createStaticEmbedder } from './staticEmbedder';
import { openTransformersEmbedder } from './transformersEmbedder';

/** Opens the chosen embedder; null for `none`. Libraries that only one kind needs are loaded with it. */
export const openEmbedder = async (choice: EmbedderChoice, bundled: StaticModel): Promise<Embedder | null> => {
  switch (choice.kind) {
    case 'none':
      return null;
    case 'bundled':
      return createStaticEmbedder(bundled);
    case 'transformers':
      if (!choice.folder) throw new Error('A transformers model needs its folder.');
      return openTransformersEmbedder(choice.id, choice.folder);
    case 'endpoint':
      if (!choice.endpoint) throw new Error('An endpoint model needs its address.');
      return createEndpointEmbedder(choice.id, choice.endpoint);
  }
};
