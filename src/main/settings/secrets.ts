/** The protection of the keys: the system's keychain, EMERGENCE_SECRET_KEY, a key in a file beside them, or no real protection. */
export type SecretsKind = 'keychain' | 'secret-key' | 'sealed-file' | 'weak';

/** Where keys are kept. Electron: the system's keychain through safeStorage; headless: a sealed file. */
export interface Secrets {
  readonly kind: SecretsKind;
  get(ref: string): Promise<string | null>;
  set(ref: string, value: string): Promise<void>;
  remove(ref: string): Promise<void>;
}
