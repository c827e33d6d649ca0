import { api } from './base';

/** The handlers of every domain of the contract, made by `createChatApi`, `createLibraryApi` and so on. */
export type DomainApis = Parameters<typeof api.router>[0];

/** The whole API. A procedure of the contract without a handler does not compile. */
export const createRouter = (domains: DomainApis) => api.router(domains);
export type AppRouter = ReturnType<typeof createRouter>;
