/** Opens the default browser; without one, the printed address must do. */
export const openBrowser = (address: string): void => {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const [command, ...args] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn(command as string, [...args, address], { detached: true, stdio: 'ignore' });
  // There is no such program; the terminal shows the address.
  child.on('error', () => {});
  child.unref();
};
