import type { Health } from '@shared/model';
import type { LibraryFiles } from '../files';
import type { OriginalAnswers } from '../originalAnswers';
import type { Rest } from '../rest';
import { originalRoute, uploadRoute } from './bytes';
import { pageRoute } from './page';
import { openApiRoute, restRoute } from './rest';
import type { HttpRoute } from './route';
import { healthRoute, metricsRoute } from './telemetry';
import { type WindowRouteDeps, windowRoute } from './window';

export interface RoutesDeps extends WindowRouteDeps {
  rest: Rest;
  originals: OriginalAnswers;
  files: LibraryFiles;
  /** Folder of the built renderer. */
  rendererFolder: string;
  health: () => Health | Promise<Health>;
  metricsText: () => string | Promise<string>;
  version: string;
}

/** All routes of the server except the window's socket. For each address and method at most one matches. */
export const createRoutes = (deps: RoutesDeps): HttpRoute[] => [
  windowRoute(deps),
  healthRoute(deps),
  metricsRoute(deps.metricsText),
  openApiRoute(deps.rest),
  restRoute(deps.rest),
  originalRoute(deps.originals),
  uploadRoute(deps.files),
  pageRoute(deps.rendererFolder),
];
