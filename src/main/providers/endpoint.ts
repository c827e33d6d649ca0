/** The address of a call below an account's base address, whose own query (an `api-version`, say) goes along. Pure. */
export const endpointOf = (baseUrl: string, path: string, query: Record<string, string> = {}): string => {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

/** The address that a key is given for: its query is no other place. Pure. */
export const placeOf = (baseUrl: string): string => baseUrl.replace(/[?#].*$/, '').replace(/\/+$/, '');

/** Azure takes its key in a header of its own, and says by these that an address is its. Pure. */
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

/** The headers that carry a key to a server that speaks the OpenAI way. */
export const keyHeaders = (baseUrl: string, key: string | null): Record<string, string> => {
  if (key === null) return {};
  return isAzure(baseUrl) ? { 'api-key': key } : { authorization: `Bearer ${key}` };
};

/** Where chats are asked for: at Azure below the model's deployment, where the address names none. Pure. */
export const chatAddress = (baseUrl: string, model: string): string => {
  const ofModel = isAzure(baseUrl) && new URL(baseUrl).pathname === '/openai' ? `/deployments/${encodeURIComponent(model)}` : '';
  return endpointOf(baseUrl, `${ofModel}/chat/completions`);
};
