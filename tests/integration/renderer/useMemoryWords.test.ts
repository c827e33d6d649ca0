import '../../support/page';

import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { fr } from '@renderer/locales/fr';
import i18next from 'i18next';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { engineOf, mountHook } from '../../support/mountHook';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
}, 60_000);
afterAll(() => engine?.close());

const month = (at: number): number => new Date(2026, at - 1, 1).getTime();
const day = new Date(2026, 2, 2).getTime();
const home = { subject: 'me', attribute: 'home', value: 'Lyon', validFrom: null, validTo: null };

test('says a statement with its time in both languages, a whole month without a day', async () => {
  const hook = await mountHook(() => useMemoryWords(), null, engineOf(engine.client));
  const said = () => [
    hook.current.dated({ ...home, validFrom: month(11) }),
    hook.current.dated({ ...home, value: 'Paris', validTo: month(11) }),
    hook.current.dated({ ...home, subject: 'Ana', validFrom: day }),
    hook.current.dated({ ...home, attribute: '', value: '' }),
  ];
  expect(said()).toEqual([
    'lives in: Lyon, since November 2026',
    'lives in: Paris, until October 2026',
    expect.stringMatching(/^Ana · lives in: Lyon, since .*2.*2026$/),
    '',
  ]);
  for (const [name, texts] of Object.entries(fr)) i18next.addResourceBundle('fr', name, texts);
  await i18next.changeLanguage('fr');
  hook.show(null);
  expect(said()).toEqual([
    'habite à\u00a0: Lyon, depuis novembre 2026',
    'habite à\u00a0: Paris, jusqu’en octobre 2026',
    'Ana · habite à\u00a0: Lyon, depuis le 2 mars 2026',
    '',
  ]);
});
