/** The address of a call below an account's base address, whose own query (for example an `api-version`) is kept. Pure. */
export const endpointOf = (baseUrl: string, path: string, query: Record<string, string> = {}): string => {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

/** The address for which a key is given; a query does not make it another address. Pure. */
export const placeOf = (baseUrl: string): string => baseUrl.replace(/[?#].*$/, '').replace(/\/+$/, '');

/** True for the addresses of Azure, which takes its key in a header of its own. Pure. */
const isAzure = (baseUrl: string): boolean => {
  const url = URL.parse(baseUrl);
  if (!url) return false;
  return (
    /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/.test(url.hostname) ||
    url.searchParams.has('api-version') ||
    /\/openai\/deployments\/[^/]+$/.test(url.pathname)
  );
};

/** The model that an address itself names: Azure's deployment. Pure. */
export const deploymentOf = (baseUrl: string): string | null => {
  const name = /\/openai\/deployments\/([^/?]+)$/.exec(URL.parse(baseUrl)?.pathname ?? '')?.[1];
  return name === undefined ? null : decodeURIComponent(name);
};

/** The headers with the key for a server that speaks OpenAI's protocol. */
export const keyHeaders = (baseUrl: string, key: string | null): Record<string, string> => {
  if (key === null) return {};
  return isAzure(baseUrl) ? { 'api-key': key } : { authorization: `Bearer ${key}` };
};

/** The address of chats: at Azure, where the base address names no deployment, it lies below the model's deployment. Pure. */
export const chatAddress = (baseUrl: string, model: string): string => {
  const ofModel = isAzure(baseUrl) && new URL(baseUrl).pathname === '/openai' ? `/deployments/${encodeURIComponent(model)}` : '';
  return endpointOf(baseUrl, `${ofModel}/chat/completions`);
};
