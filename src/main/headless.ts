import { readCommandLine, type StartOptions } from './host/commandLine';
import { keepCompiledCode } from './host/compiledCode';
import { keepPrivate } from './host/keepPrivate';
import { keepHeapLean } from './host/leanHeap';

/** The entry of the program without a window. It imports little itself, so that the compiled code of the rest is kept. */
keepPrivate();
keepHeapLean();
const options = readOptions();
keepCompiledCode(options.dataFolder);
const { runHeadless } = await import('./headlessProgram');
await runHeadless(options, import.meta.dirname);

function readOptions(): StartOptions {
  try {
    return readCommandLine(process.argv.slice(2), process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
