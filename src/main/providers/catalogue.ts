import { readFileSync } from 'node:fs';
import { type ModelInfo, modelInfoSchema, type PresetId, presetIds } from '@shared/model';
import { onceUsed } from '@shared/text/whenUsed';
import { z } from 'zod';

const catalogueSchema = z.object({
  presets: z.partialRecord(z.enum(presetIds), z.object({ default: z.string(), models: z.array(modelInfoSchema) })),
});

/** Facts about models that are known without asking their provider. */
export interface Catalogue {
  /** Models of a preset, the default first; empty when the preset has none of its own. */
  modelsOf(preset: PresetId): ModelInfo[];
  /** The entry of a model, also under a dated id such as `name-2025-01-31`. */
  find(preset: PresetId, id: string): ModelInfo | null;
}

const undated = (id: string): string => id.replace(/-\d{4}-?\d{2}-?\d{2}$/, '').replace(/-\d{3}$/, '');

/** Reads `resources/model-catalogue.json` with the first question, which throws when the file does not have its form. */
export const readCatalogue = (file: string): Catalogue => {
  const presets = onceUsed(() => catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).presets);
  const modelsOf = (preset: PresetId): ModelInfo[] => {
    const entry = presets()[preset];
    return entry ? entry.models.toSorted((a, b) => Number(b.id === entry.default) - Number(a.id === entry.default)) : [];
  };
  return {
    modelsOf,
    find: (preset, id) => {
      const models = modelsOf(preset);
      return models.find((model) => model.id === id) ?? models.find((model) => model.id === undated(id)) ?? null;
    },
  };
};
