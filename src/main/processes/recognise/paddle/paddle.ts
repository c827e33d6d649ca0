import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import type { RecognisedPage } from '../api';
import { type Word, wordsOf } from '../keepWords';
import type { PageImage } from '../pageImage';
import { linesOfMap } from './linesOfMap';
import { cutLine, type LineBox, scaledPage, withContrast } from './pixels';
import { goesOn, inReadingOrder } from './readingOrder';
import { classesOf, wordsOfOutput } from './spelling';

const engine = 'pp-ocrv6 small';
/** The height of the lines that the reader takes, their least width, and the sides of pages that the finder takes. */
const sizes = { lineHeight: 48, lineWidth: 320, longestLine: 3_200, pageSide: 1_600, step: 32 };

interface Models {
  find: InferenceSession;
  read: InferenceSession;
  classes: (string | null)[];
}

const openModels = async (folder: string): Promise<Models> => {
  const { InferenceSession: Session } = await import('onnxruntime-node');
  const open = (name: string): Promise<InferenceSession> =>
    Session.create(join(folder, name), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      enableCpuMemArena: false,
      logSeverityLevel: 3,
    });
  const [find, read, characters] = await Promise.all([
    open('det.onnx'),
    open('rec.onnx'),
    readFile(join(folder, 'characters.txt'), 'utf8'),
  ]);
  return { find, read, classes: classesOf(characters) };
};

/** The one output of a model for planes of this size. */
const outputOf = async (model: InferenceSession, planes: Float32Array, width: number, height: number): Promise<Float32Array> => {
  const { Tensor } = await import('onnxruntime-node');
  const [input = '', output = ''] = [model.inputNames[0], model.outputNames[0]];
  const result = await model.run({ [input]: new Tensor('float32', planes, [1, 3, height, width]) });
  const data = result[output]?.data;
  if (!(data instanceof Float32Array)) throw new Error('The model returned no numbers.');
  return data;
};

const findLines = async ({ find }: Models, image: PageImage): Promise<LineBox[]> => {
  const scale = Math.min(1, sizes.pageSide / Math.max(image.width, image.height));
  const fitted = (side: number): number => Math.max(sizes.step, Math.round((side * scale) / sizes.step) * sizes.step);
  const [width, height] = [fitted(image.width), fitted(image.height)];
  const values = await outputOf(find, scaledPage(image, width, height), width, height);
  const [across, down] = [image.width / width, image.height / height];
  return linesOfMap({ width, height, values }).map(({ angle, ...line }) => ({
    x: line.x * across,
    y: line.y * down,
    width: line.width * across,
    height: line.height * down,
    angle,
  }));
};

/** The box around a stretch of a line, from and to in parts of its width. */
const boxOf = (line: LineBox, from: number, to: number): Word['bbox'] => {
  const [cos, sin] = [Math.abs(Math.cos(line.angle)), Math.abs(Math.sin(line.angle))];
  const along = ((from + to) / 2 - 0.5) * line.width;
  const [x, y] = [line.x + along * Math.cos(line.angle), line.y + along * Math.sin(line.angle)];
  const length = (to - from) * line.width;
  const [width, height] = [length * cos + line.height * sin, length * sin + line.height * cos];
  return { x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 };
};

const readLine = async ({ read, classes }: Models, image: PageImage, line: LineBox): Promise<Word[]> => {
  const width = Math.min(sizes.longestLine, Math.max(1, Math.ceil((sizes.lineHeight * line.width) / line.height)));
  const padded = Math.max(sizes.lineWidth, width);
  const output = await outputOf(read, cutLine(image, line, { width, height: sizes.lineHeight, padded }), padded, sizes.lineHeight);
  const columns = output.length / classes.length;
  /** The part of the line at which a column lies. */
  const partAt = (column: number): number => Math.min(1, Math.max(0, ((column / columns) * padded) / width));
  return wordsOfOutput(output, classes).map(({ text, from, to, sure }) => ({
    text,
    confidence: sure * 100,
    bbox: boxOf(line, partAt(from), partAt(to)),
  }));
};

/**
 * Reads a page by PP-OCRv6 (PaddleOCR): one model finds its lines, another reads each of them. Slower than Tesseract, and surer of
 * blurred, pale and uneven pages. The models are opened with the first page.
 */
export const createPaddle = (folder: string) => {
  let models: Promise<Models> | null = null;
  return {
    /** False where its files are not installed. */
    isThere: existsSync(join(folder, 'rec.onnx')) && existsSync(join(folder, 'det.onnx')),
    read: async (page: PageImage, report: (progress: number) => void): Promise<RecognisedPage> => {
      const image = withContrast(page);
      models ??= openModels(folder);
      const opened = await models;
      const lines = inReadingOrder(await findLines(opened, image));
      const paragraphs: Word[][][] = [];
      let before: LineBox | null = null;
      for (const [index, line] of lines.entries()) {
        report(index / lines.length);
        const words = await readLine(opened, image, line);
        if (words.length === 0) continue;
        if (before && goesOn(before, line)) paragraphs.at(-1)?.push(words);
        else paragraphs.push([words]);
        before = line;
      }
      return { ...wordsOf(paragraphs, image), engine };
    },
    close: async (): Promise<void> => {
      const opened = await models;
      models = null;
      await Promise.all([opened?.find.release(), opened?.read.release()]);
    },
  };
};
export type Paddle = ReturnType<typeof createPaddle>;
