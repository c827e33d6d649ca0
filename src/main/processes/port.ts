/** The small interface in front of a helper process: Electron's utilityProcess or Node's fork. */
export interface HelperPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with the exit code or null when killed. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
  readonly pid: number | undefined;
}

/** Starts the process whose built entry is `modulePath`. `memoryMb` bounds its heap where given. */
export type HelperLauncher = (modulePath: string, options: { name: string; memoryMb?: number }) => HelperPort;
