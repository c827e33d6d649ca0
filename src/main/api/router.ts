import { createAgentsApi } from './agents';
import { api } from './base';
import { createChatHandlers } from './chat';
import { createConversationHandlers } from './conversations';
import { createDebateHandlers } from './debates';
import { createFoldersApi } from './folders';
import { createLibraryApi } from './library';
import { createMaintenanceApi } from './maintenance';
import { createMemoryHandlers } from './memory';
import { createMetricsApi } from './metrics';
import { createProvidersApi } from './providers';
import { createSettingsApi } from './settings';
import { createSystemApi } from './system';

const domains = {
  agents: createAgentsApi,
  chat: createChatHandlers,
  conversations: createConversationHandlers,
  debates: createDebateHandlers,
  folders: createFoldersApi,
  maintenance: createMaintenanceApi,
  library: createLibraryApi,
  memory: createMemoryHandlers,
  metrics: createMetricsApi,
  providers: createProvidersApi,
  settings: createSettingsApi,
  system: createSystemApi,
};
type Domains = typeof domains;

/** The services that each domain needs. */
export type ApiServices = { [Name in keyof Domains]: Parameters<Domains[Name]>[0] };

/** The whole API. A procedure of the contract without a handler does not compile. */
export const createRouter = (services: ApiServices) =>
  api.router({
    agents: domains.agents(services.agents),
    chat: domains.chat(services.chat),
    conversations: domains.conversations(services.conversations),
    debates: domains.debates(services.debates),
    folders: domains.folders(services.folders),
    maintenance: domains.maintenance(services.maintenance),
    library: domains.library(services.library),
    memory: domains.memory(services.memory),
    metrics: domains.metrics(services.metrics),
    providers: domains.providers(services.providers),
    settings: domains.settings(services.settings),
    system: domains.system(services.system),
  });
export type AppRouter = ReturnType<typeof createRouter>;
