/** Paths as servers write them: from the root, a home, the working folder or a drive. "organisation/model" is no path but a name. */
const path = /^(?:\/|~[\\/]|\.{1,2}[\\/]|[a-z]:[\\/]|\\\\|file:\/\/)/i;
/** Files of weights, also where the path begins with the name of a folder. */
const weights = /\.(?:gguf|ggml|safetensors|onnx|bin|pth?)$/i;

/** The name of a model as it is shown: the file name, where a server names the model by a path; else the name itself. */
export const modelName = (name: string): string => {
  const parts = name.split(/[\\/]/).filter((part) => part !== '');
  const last = parts.at(-1);
  return last !== undefined && parts.length > 1 && (path.test(name) || weights.test(name)) ? last : name;
};

/** The whole name of a model for a tooltip, where less of it is shown. */
export const wholeModelName = (name: string): string | undefined => (modelName(name) === name ? undefined : name);

/** The shown names of several models: one that would be the same as another's stays whole. */
export const modelNames = (names: readonly string[]): string[] => {
  const shown = names.map(modelName);
  return names.map((name, index) => {
    const own = shown[index] ?? name;
    return shown.indexOf(own) === shown.lastIndexOf(own) ? own : name;
  });
};
