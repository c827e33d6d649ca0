import { fork } from 'node:child_process';
import { basename } from 'node:path';
import { helperEnvironment } from './helperEnvironment';
import type { HelperLauncher } from './port';

/** Helper processes as children of Node, for the headless host. They end with us: their channel closes. */
export const forkLauncher: HelperLauncher = (modulePath, { name, memoryMb }) => {
  const child = fork(modulePath, [], {
    serialization: 'advanced',
    env: helperEnvironment(name),
    execArgv: [`--title=emergence-${name || basename(modulePath)}`, ...(memoryMb ? [`--max-old-space-size=${memoryMb}`] : [])],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // Sending to a process that just ended is told by its exit, not by an exception here.
  child.on('error', () => {});
  return {
    send: (message) => {
      if (child.connected) child.send(message as never, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null): void => {
        if (!told) listener(code);
        told = true;
      };
      child.once('exit', tell);
      // A process that could not be started never exits.
      child.once('error', () => child.pid === undefined && tell(null));
    },
    kill: () => child.kill('SIGKILL'),
    get pid() {
      return child.pid;
    },
  };
};
