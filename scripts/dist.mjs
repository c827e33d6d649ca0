// `npm run dist`: installers for this system (or those named: `npm run dist -- --linux --win --mac`). Needs Electron's binary.
import { bootstrap, fail, run } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';

bootstrap();
build();
const { path, reason } = findElectron({ displayNeeded: false });
if (!path) fail(`Installers are made around Electron's own program, and ${reason}.`);
process.exit(run('electron-builder', ['--config', 'electron-builder.config.mjs', '--publish', 'never', ...process.argv.slice(2)]));
