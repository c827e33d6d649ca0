import { agents } from './agents';
import { chat } from './chat';
import { conversations } from './conversations';
import { debates } from './debates';
import { folders } from './folders';
import { library } from './library';
import { maintenance } from './maintenance';
import { memory } from './memory';
import { metrics } from './metrics';
import { providers } from './providers';
import { settings } from './settings';
import { system } from './system';

/** The API of the program's own window. The calls for other programs are in `public`. */
export const contract = {
  conversations,
  chat,
  library,
  folders,
  debates,
  agents,
  providers,
  maintenance,
  memory,
  settings,
  metrics,
  system,
};
export type Contract = typeof contract;
