/** Puts settings into groups: the key of a row becomes `group.field`. */
const names: Record<string, string> = {
  theme: 'appearance.theme',
  language: 'appearance.language',
  detectLocalProviders: 'providers.detectLocal',
  fallback: 'providers.fallback',
  localFallback: 'providers.localFallback',
  modelTitles: 'conversations.modelTitles',
  searchCache: 'search.cache',
  embeddingModel: 'search.embeddingModel',
  embeddingEndpoint: 'search.endpoint',
  modelHub: 'search.hub',
  localApi: 'programs.localApi',
  backupOriginals: 'backups.originals',
};

export const sql = Object.entries(names)
  .map(([before, after]) => `UPDATE OR IGNORE settings SET key = '${after}' WHERE key = '${before}';`)
  .join('\n');
