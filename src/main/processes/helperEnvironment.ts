/**
 * The names of the variables that a helper process gets. Helpers read documents from anywhere: with a key or a token in their
 * environment, a single bug in a parser could give it to a stranger.
 */
const common = [
  // Where programs, libraries and the person's folders are.
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'XDG_RUNTIME_DIR',
  // Temporary files.
  'TMPDIR',
  'TMP',
  'TEMP',
  // Language, time and the width of a computation.
  'LANG',
  'LANGUAGE',
  'TZ',
  'NUMBER_OF_PROCESSORS',
  'OMP_NUM_THREADS',
];
/** The search process also speaks to an embeddings endpoint. */
const network = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_USE_ENV_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];
const named: Record<string, ReadonlySet<string>> = { search: new Set([...common, ...network]) };
const basics: ReadonlySet<string> = new Set(common);

/**
 * The part of `env` that the helper called `name` gets. Case does not matter: proxy variables exist in both cases, and Windows
 * ignores case.
 */
export const helperEnvironment = (name: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> => {
  const allowed = named[name] ?? basics;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (allowed.has(entry[0].toUpperCase()) || entry[0].toUpperCase().startsWith('LC_')),
    ),
  );
};
