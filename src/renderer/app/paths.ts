/** Addresses within the window (the part after `#`). The only place that knows their form. */
export const paths = {
  chat: (conversationId?: string, messageId?: string): string =>
    ['/chat', conversationId, conversationId && messageId].filter(Boolean).join('/'),
  library: (): string => '/library',
  document: (documentId: string): string => `/library/documents/${documentId}`,
  debates: (debateId?: string, messageId?: string): string => ['/debates', debateId, debateId && messageId].filter(Boolean).join('/'),
  metrics: (section?: 'performance' | 'usage' | 'retrieval' | 'health'): string => (section ? `/metrics/${section}` : '/metrics'),
  settings: (page?: 'general' | 'providers' | 'agents' | 'search' | 'data' | 'about'): string => (page ? `/settings/${page}` : '/settings'),
};
export const href = (path: string): string => `#${path}`;
/** True when the window shows this path, or a place in it. */
export const isOpen = (path: string): boolean => location.hash === href(path) || location.hash.startsWith(`${href(path)}/`);
