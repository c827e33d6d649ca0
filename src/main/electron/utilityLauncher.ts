import type { HelperLauncher } from '@main/processes/port';
import { utilityProcess } from 'electron';

/** Helper processes as Electron's utility processes. They end with the program. */
export const utilityLauncher: HelperLauncher = (modulePath, { name, memoryMb }) => {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: `emergence-${name}`,
    execArgv: memoryMb ? [`--max-old-space-size=${memoryMb}`] : [],
    stdio: 'inherit',
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
    get pid() {
      return child.pid;
    },
  };
};
