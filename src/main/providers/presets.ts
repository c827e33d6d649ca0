import type { Preset, PresetId } from '@shared/model';

const preset = (id: PresetId, name: string, protocol: Preset['protocol'], baseUrl: string, keyUrl: string | null): Preset => ({
  id,
  name,
  protocol,
  baseUrl,
  needsKey: keyUrl !== null,
  local: id === 'ollama' || id === 'lmstudio',
  keyUrl,
});

/** The services the program knows by name. `custom` is any address that speaks OpenAI's chat completions. */
export const presets: readonly Preset[] = [
  preset('openai', 'OpenAI', 'openai', 'https://api.openai.com/v1', 'https://platform.openai.com/api-keys'),
  preset('anthropic', 'Anthropic', 'anthropic', 'https://api.anthropic.com', 'https://console.anthropic.com/settings/keys'),
  preset('google', 'Google Gemini', 'google', 'https://generativelanguage.googleapis.com', 'https://aistudio.google.com/apikey'),
  preset('mistral', 'Mistral', 'openai-compatible', 'https://api.mistral.ai/v1', 'https://console.mistral.ai/api-keys'),
  preset('deepseek', 'DeepSeek', 'openai-compatible', 'https://api.deepseek.com/v1', 'https://platform.deepseek.com/api_keys'),
  preset('openrouter', 'OpenRouter', 'openai-compatible', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/keys'),
  preset('ollama', 'Ollama', 'openai-compatible', 'http://127.0.0.1:11434', null),
  preset('lmstudio', 'LM Studio', 'openai-compatible', 'http://127.0.0.1:1234/v1', null),
  preset('custom', 'Custom', 'openai-compatible', '', null),
];

export const presetOf = (id: PresetId): Preset => {
  const found = presets.find((one) => one.id === id);
  if (!found) throw new Error(`Unknown preset ${id}.`);
  return found;
};

/** True when text sent to this address stays on this machine. */
export const isLoopback = (baseUrl: string): boolean => {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  return host === 'localhost' || host === '[::1]' || host.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(host);
};
