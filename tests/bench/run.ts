import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareBuilds, tableOfBoth } from './against';
import { benchConversations } from './conversationsBench';
import { type Figure, figure, tableOf } from './figures';
import { benchLibrarySearch } from './librarySearchBench';
import { benchLongConversation } from './longConversationBench';
import { benchDebate, benchIngestion, benchMemory, benchStart, benchStreaming, benchTurn } from './programBench';
import { benchRecall } from './recallBench';
import { type BenchFigure, benchEncoder, benchSearch } from './searchBench';

const beside = (part: string, figures: readonly BenchFigure[]): Figure[] =>
  figures.map(({ name, unit, value, baseline }) => figure(part, name, unit, value, { what: 'CPU loop', unit: 'ms', value: baseline }));

/** Every part by its name, in the order in which they run. */
const parts: Record<string, () => Promise<Figure[]>> = {
  start: benchStart,
  memory: benchMemory,
  turn: benchTurn,
  streaming: benchStreaming,
  ingestion: () => benchIngestion(),
  encoder: async () => beside('search', await benchEncoder()),
  'search-10k': async () => beside('search', await benchSearch(10_000)),
  'search-100k': async () => beside('search', await benchSearch(100_000)),
  'library-search': benchLibrarySearch,
  'recall-50k': benchRecall,
  conversations: benchConversations,
  conversation10000: benchLongConversation,
  debate: benchDebate,
};

/** The parts that measure the built program, and so can measure that of another checkout. */
const ofProgram = ['start', 'memory', 'turn', 'streaming', 'ingestion', 'conversation10000', 'debate'];

/** Runs the requested parts, prints the table, writes the JSON. Returns how many parts failed, each time of each build. */
const runBench = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'string' },
      only: { type: 'string', multiple: true },
      against: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  const names = Object.keys(parts);
  const unknown = values.only?.filter((name) => !names.includes(name)) ?? [];
  if (values.help || unknown.length > 0) {
    console.log(
      `npm run bench [-- --json FILE] [--only NAME]... [--against FOLDER [--rounds N]]\nFOLDER: a built checkout of another commit.\nparts: ${names.join(', ')}`,
    );
    return unknown.length;
  }
  const write = (result: object): void => {
    if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  };
  if (values.against) {
    const chosen = Object.fromEntries(
      Object.entries(parts).filter(([name]) => ofProgram.includes(name) && (values.only?.includes(name) ?? true)),
    );
    const { compared, failures } = await compareBuilds(chosen, { against: values.against, rounds: Number(values.rounds) });
    console.log([tableOfBoth(compared), ...failures].join('\n'));
    write(compared);
    return failures.length;
  }
  const figures: Figure[] = [];
  let failed = 0;
  for (const [name, run] of Object.entries(parts)) {
    if (values.only && !values.only.includes(name)) continue;
    process.stderr.write(`${name}...\n`);
    try {
      figures.push(...(await run()));
    } catch (error) {
      failed += 1;
      console.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  console.log(tableOf(figures));
  write(figures);
  return failed;
};

/** Runs while this module is loaded: the runner stays open only that long, and parts import more modules as they need them. */
export const failed = await runBench(process.argv.slice(2));
