/** The address of a call below an account's base address, whose own query (an `api-version`, say) goes along. Pure. */
export const endpointOf = (baseUrl: string, path: string, query: Record<string, string> = {}): string => {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

/** Azure takes its key in a header of its own, and says by these that an address is its. Pure. */
export const isAzure = (baseUrl: string): boolean => {
  const url = URL.parse(baseUrl);
  if (!url) return false;
  return (
    /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/.test(url.hostname) ||
    url.searchParams.has('api-version') ||
    /\/openai\/deployments\/[^/]+$/.test(url.pathname)
  );
};

/** The headers that carry a key to a server that speaks the OpenAI way. */
export const keyHeaders = (baseUrl: string, key: string | null): Record<string, string> => {
  if (key === null) return {};
  return isAzure(baseUrl) ? { 'api-key': key } : { authorization: `Bearer ${key}` };
};
