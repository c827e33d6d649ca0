import { spawn } from 'node:child_process';

/** Opens the default browser where there is one; where there is none, the printed address has to do. */
export const openBrowser = (address: string): void => {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const [command, ...args] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  const child = spawn(command as string, [...args, address], { detached: true, stdio: 'ignore' });
  // No such program: the address stands on the terminal.
  child.on('error', () => {});
  child.unref();
};
