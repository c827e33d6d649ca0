import { basename } from 'node:path';
import { helperEnvironment } from './helperEnvironment';
import type { HelperLauncher } from './port';

/** Helper processes as children of Node, for the headless host. They end when this process ends, because their channel closes. */
export const forkLauncher: HelperLauncher = (modulePath, { name, memoryMb }) => {
  // Not imported: a start needs no helper, and loading the module takes some milliseconds.
  const { fork } = process.getBuiltinModule('node:child_process');
  const child = fork(modulePath, [], {
    serialization: 'advanced',
    env: helperEnvironment(name),
    execArgv: [`--title=emergence-${name || basename(modulePath)}`, ...(memoryMb ? [`--max-old-space-size=${memoryMb}`] : [])],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // When a process has just ended, its exit reports that; an exception here would only repeat it.
  child.on('error', () => {});
  return {
    send: (message) => {
      if (child.connected) child.send(message as never, () => {});
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let reported = false;
      const reportExit = (code: number | null): void => {
        if (!reported) listener(code);
        reported = true;
      };
      child.once('exit', reportExit);
      // A process that could not be started emits no exit.
      child.once('error', () => child.pid === undefined && reportExit(null));
    },
    kill: () => child.kill('SIGKILL'),
    get pid() {
      return child.pid;
    },
  };
};
