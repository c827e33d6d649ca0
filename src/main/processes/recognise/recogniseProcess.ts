import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { guardProcess, serveHelper } from '../serveHelper';
import type { RecogniseApi, RecogniseInit } from './api';
import { createDirection } from './direction';
import { createPaddle } from './paddle/paddle';
import { createPageImages } from './pageImage';
import { createReadPage } from './readPage';
import { createTesseract } from './tesseract';

/** Threads that begin later inherit the priority, so it is set before anything else. */
const standBack = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch (error) {
    console.error('The priority could not be lowered:', error instanceof Error ? error.message : error);
  }
};

serveHelper<RecogniseApi, RecogniseInit>(async ({ memoryMb, secondReader }) => {
  standBack();
  guardProcess(memoryMb);
  const images = createPageImages();
  const folder = join(import.meta.dirname, 'languages');
  const paddle = createPaddle(secondReader);
  const readPage = createReadPage({
    tesseract: createTesseract(folder),
    direction: createDirection(folder),
    paddle: paddle.isThere ? paddle : undefined,
  });
  return {
    recognise: async ({ path, page, languages }, onProgress) => {
      const image = await images.draw(path, page);
      onProgress({ progress: 0 });
      return readPage(image, languages, (progress) => onProgress({ progress }));
    },
  };
});
