/**
 * The rooms of the program, from the bottom up, with the rooms that each may import: only rooms above it in this list, so that
 * there are no circles. `files` are path prefixes without extension; the longest match decides.
 */
export interface Room {
  name: string;
  files: string[];
  imports: string[];
}

const shared = ['shared/model', 'shared/markdown', 'shared/text'];
const interfaces = [...shared, 'text', 'process interfaces', 'telemetry interface', 'parts'];
const window = [
  'shared/model',
  'shared/markdown',
  'shared/text',
  'shared/contract',
  'shared/names',
  'renderer/lib',
  'renderer/ui',
  'renderer/locales',
  'renderer/base',
];

export const rooms: Room[] = [
  { name: 'shared/model', files: ['src/shared/model/'], imports: [] },
  { name: 'shared/text', files: ['src/shared/text/'], imports: [] },
  { name: 'shared/markdown', files: ['src/shared/markdown/'], imports: ['shared/text'] },
  { name: 'shared/names', files: ['src/shared/desktop', 'src/shared/wire'], imports: [] },
  { name: 'shared/contract', files: ['src/shared/contract/'], imports: shared },

  // Analyses text for the engine: pure, and the same in the main process and in its helpers.
  { name: 'text', files: ['src/main/text/'], imports: ['shared/text', 'shared/markdown'] },

  // Reads questions about time: pure, with the clock and the zone as arguments.
  { name: 'memory/time', files: ['src/main/memory/time/'], imports: ['shared/text', 'text'] },

  // Reads what a question wants to be done: pure, with the clock and the zone as arguments.
  { name: 'questions', files: ['src/main/questions/'], imports: ['shared/model', 'shared/text', 'text', 'memory/time'] },

  // The APIs that are called over a port, and the hooks used everywhere, as types: importing them does not import their rooms.
  {
    name: 'process interfaces',
    files: [
      'src/main/processes/port',
      'src/main/processes/messages',
      'src/main/processes/helper',
      'src/main/processes/helperEnvironment',
      'src/main/processes/search/api',
      'src/main/processes/ingest/api',
      'src/main/processes/encode/api',
      'src/main/processes/recognise/api',
      'src/main/processes/rerank/api',
    ],
    imports: shared,
  },
  { name: 'telemetry interface', files: ['src/main/telemetry/telemetry', 'src/main/telemetry/definitions'], imports: shared },

  // The lifecycle of a room: `compose.ts` starts, stops and probes it.
  { name: 'parts', files: ['src/main/parts/'], imports: [...shared, 'telemetry interface'] },

  // The way of calls out of this machine: proxies, and limits on the answers.
  { name: 'network', files: ['src/main/network/'], imports: shared },
  { name: 'store', files: ['src/main/store/'], imports: interfaces },
  // The parts of the store that the search process uses: they read by a connection of their own, and write nothing.
  { name: 'library reader', files: ['src/main/store/libraryReader', 'src/main/store/memoryReader'], imports: [...interfaces, 'store'] },
  // Starts, reports, ends and finds again the jobs of every kind.
  { name: 'jobs', files: ['src/main/jobs/'], imports: [...interfaces, 'store'] },
  { name: 'telemetry', files: ['src/main/telemetry/'], imports: [...interfaces, 'store'] },
  { name: 'settings', files: ['src/main/settings/'], imports: [...interfaces, 'store', 'telemetry'] },
  { name: 'prompts', files: ['src/main/prompts/'], imports: [...interfaces, 'store'] },
  { name: 'agents', files: ['src/main/agents/'], imports: [...interfaces, 'store', 'prompts'] },
  { name: 'processes', files: ['src/main/processes/'], imports: [...interfaces, 'network', 'library reader'] },
  { name: 'providers', files: ['src/main/providers/'], imports: [...interfaces, 'network', 'store', 'telemetry', 'settings'] },
  {
    name: 'knowledge',
    files: ['src/main/knowledge/'],
    imports: [...interfaces, 'network', 'shared/contract', 'store', 'jobs', 'telemetry', 'settings', 'providers'],
  },
  // Folders of this machine that the library follows.
  {
    name: 'folders',
    files: ['src/main/folders/'],
    imports: [...interfaces, 'shared/contract', 'store', 'telemetry', 'knowledge'],
  },
  // Checks, repairs and figures of the stored library.
  {
    name: 'maintenance',
    files: ['src/main/maintenance/'],
    imports: [...interfaces, 'store', 'jobs', 'telemetry', 'knowledge'],
  },
  // The steps of every turn, in chats and debates.
  { name: 'turns', files: ['src/main/turns/'], imports: [...interfaces, 'store', 'prompts', 'agents', 'providers', 'knowledge'] },
  // Long-term memory: what was learnt, recalled, dated and summed up. It may ask models.
  {
    name: 'memory',
    files: ['src/main/memory/'],
    imports: [
      ...interfaces,
      'memory/time',
      'shared/contract',
      'store',
      'jobs',
      'telemetry',
      'settings',
      'prompts',
      'agents',
      'providers',
      'knowledge',
      'turns',
    ],
  },
  {
    name: 'chat',
    files: ['src/main/chat/'],
    imports: [
      ...interfaces,
      'questions',
      'shared/contract',
      'store',
      'telemetry',
      'settings',
      'prompts',
      'providers',
      'knowledge',
      'turns',
      'memory',
    ],
  },
  {
    name: 'debates',
    files: ['src/main/debates/'],
    imports: [...interfaces, 'shared/contract', 'store', 'telemetry', 'settings', 'prompts', 'providers', 'knowledge', 'turns', 'memory'],
  },
  {
    name: 'api',
    files: ['src/main/api/'],
    imports: [
      ...interfaces,
      'shared/contract',
      'shared/names',
      'store',
      'telemetry',
      'settings',
      'agents',
      'providers',
      'knowledge',
      'folders',
      'maintenance',
      'turns',
      'memory',
      'chat',
      'debates',
    ],
  },
  { name: 'http', files: ['src/main/http/'], imports: [...interfaces, 'shared/contract', 'shared/names', 'api'] },
  { name: 'host', files: ['src/main/host/'], imports: shared },
  // With `index.ts` and the preload the only code that imports `electron`.
  {
    name: 'electron',
    files: ['src/main/electron/'],
    imports: [...interfaces, 'network', 'shared/names', 'settings', 'api', 'http', 'host'],
  },
  {
    name: 'compose',
    files: ['src/main/compose', 'src/main/engine'],
    imports: [
      ...interfaces,
      'network',
      'shared/contract',
      'store',
      'telemetry',
      'settings',
      'prompts',
      'agents',
      'processes',
      'providers',
      'knowledge',
      'folders',
      'maintenance',
      'turns',
      'memory',
      'chat',
      'debates',
      'api',
      'http',
      'host',
    ],
  },
  {
    name: 'entries',
    files: ['src/main/index', 'src/main/headless', 'src/main/headlessProgram', 'src/main/headlessEngine'],
    imports: [...shared, 'store', 'telemetry interface', 'processes', 'http', 'host', 'settings', 'electron', 'compose'],
  },
  { name: 'preload', files: ['src/preload/'], imports: ['shared/names'] },

  { name: 'renderer/lib', files: ['src/renderer/lib/'], imports: shared },
  { name: 'renderer/locales', files: ['src/renderer/locales/'], imports: [] },
  { name: 'renderer/ui', files: ['src/renderer/ui/'], imports: [...shared, 'renderer/lib'] },
  // The frame that every feature needs: the client, the addresses of pages, the state of the evidence panel, the settings.
  {
    name: 'renderer/base',
    files: ['src/renderer/base/'],
    imports: ['shared/model', 'shared/markdown', 'shared/text', 'shared/contract', 'shared/names', 'renderer/lib', 'renderer/ui'],
  },
  { name: 'renderer/viewer', files: ['src/renderer/viewer/'], imports: window },
  // The parts of every kind of conversation: the composer, cited text, an answer that is written, a page that follows its end.
  { name: 'renderer/conversation', files: ['src/renderer/conversation/'], imports: window },
  { name: 'feature', files: ['src/renderer/features/'], imports: [...window, 'renderer/viewer', 'renderer/conversation'] },
  {
    name: 'renderer/app',
    files: ['src/renderer/app/', 'src/renderer/main'],
    imports: [...window, 'renderer/viewer', 'renderer/conversation', 'feature'],
  },
];
