import type { en } from './en';

/** Keys are checked by the compiler against the English files; a test holds the French ones to the same keys. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}
