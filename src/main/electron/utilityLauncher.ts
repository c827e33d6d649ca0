import { helperEnvironment } from '@main/processes/helperEnvironment';
import type { HelperLauncher } from '@main/processes/port';
import { utilityProcess } from 'electron';

/** On POSIX Electron returns waitpid's status unchanged: a signal by its number, with 128 added where memory was dumped. */
const byKill = new Set([9, 137]);
const byAbort = new Set([6, 134]);
/** The exit code as Node's fork gives it: null when killed. */
const exitCode = (status: number): number | null => {
  if (process.platform === 'win32') return status;
  return byKill.has(status) ? null : byAbort.has(status) ? 134 : status;
};

/** Helper processes as Electron's utility processes. They end with the program. */
export const utilityLauncher: HelperLauncher = (modulePath, { name, memoryMb }) => {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: `emergence-${name}`,
    env: helperEnvironment(name),
    execArgv: memoryMb ? [`--max-old-space-size=${memoryMb}`] : [],
    stdio: 'inherit',
  });
  // Its exit also reports a fatal error of its engine (a full heap); an unhandled `error` event would end this program.
  child.on('error', () => {});
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (status) => listener(exitCode(status))),
    kill: () => child.kill(),
    get pid() {
      return child.pid;
    },
  };
};
