import type { en } from './en';

/** The compiler checks keys against the English files; a test checks that the French ones have the same keys. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}
