/**
 * Signs of a test that needs a process of its own: it replaces modules or the environment, starts processes or the whole engine, counts
 * handles, fills disks, makes a page, chooses a language for the window, looks at the modules that were loaded, or compares times,
 * which code that other tests have warmed would change.
 */
const needsOwn = [
  /\bvi\.(?:mock|doMock|hoisted|resetModules|stubEnv)\(/,
  /\bprocess\.(?:env|chdir|on|once|exit|exitCode|umask|memoryUsage|cpuUsage)\b/,
  /\b(?:performance\.now|createRequire|i18next)\b/,
  /['"](?:node:)?(?:child_process|worker_threads|async_hooks|inspector)['"]/,
  /\/support\/(?:diskRoom|engine|heap|leaks|page|preparedFolder|program|smallDisk)['"]/,
];

/** The compiled grammars of the helper processes stay in memory, and V8 goes on compiling them while other tests run. */
const ownFolders = /^tests\/unit\/(?:processes|electron)\//;

/**
 * True for a test file that may run in one process with others, one after the other, with the modules loaded once. That takes a third
 * of the processor time of a process for each file.
 */
export const sharesProcess = (path: string, text: string): boolean => !ownFolders.test(path) && needsOwn.every((sign) => !sign.test(text));
