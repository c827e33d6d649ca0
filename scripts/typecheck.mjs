// Checks each room with the types it may use: the engine without DOM and Electron, the window without Node.
import { spawnSync } from 'node:child_process';

const projects = ['engine', 'electron', 'renderer', 'tests'];
const failed = projects.filter(
  (name) => spawnSync('tsc', ['-p', `tsconfig.${name}.json`], { stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0,
);
if (failed.length > 0) {
  console.error(`Types do not hold in: ${failed.join(', ')}`);
  process.exit(1);
}
