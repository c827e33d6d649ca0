import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

const isRoot = process.getuid?.() === 0;

/**
 * Chromium obeys the last `--disable-features` only, so those of Playwright 1.65 stand here, too. Behind the address bar of each new
 * window Chromium loads two pages of its own, at about a second of processor time a test.
 */
const disabledFeatures = [
  ...['AimEnabled', 'AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose'],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
  ...['SpareRendererForSitePerProcess', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup'],
];

/** Path of the Chromium of the tests: the one that is named, else the system's, its headless shell first; undefined is Playwright's own. */
export const chromiumOfTests = (): string | undefined =>
  [process.env.EMERGENCE_CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => path && existsSync(path));

/** The Chromium of the tests, without a window. */
export const launchBrowser = (): Promise<Browser> => {
  const executablePath = chromiumOfTests();
  const args = [`--disable-features=${disabledFeatures.join(',')}`, ...(isRoot ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath, args });
};
