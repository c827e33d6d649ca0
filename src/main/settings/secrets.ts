/** Where keys are kept. Electron: the system's keychain through safeStorage; headless: a sealed file. */
export interface Secrets {
  readonly kind: 'keychain' | 'sealed-file' | 'weak';
  get(ref: string): Promise<string | null>;
  set(ref: string, value: string): Promise<void>;
  remove(ref: string): Promise<void>;
}
