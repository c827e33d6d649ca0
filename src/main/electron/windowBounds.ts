import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const storedSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(940), height: z.int().min(600), maximized: z.boolean() });
type Stored = z.infer<typeof storedSchema>;
const saveDelayMs = 400;

const read = (path: string): Stored | null => {
  try {
    return storedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // The first start, or a file from elsewhere: the default place is used.
    return null;
  }
};

/**
 * The last place of the window on the present screens: no larger than its screen, and the default one where it could not be
 * grabbed.
 */
const placed = ({ x, y, width, height }: Rectangle): Partial<Rectangle> & { width: number; height: number } => {
  const area = screen.getDisplayMatching({ x, y, width, height: 40 }).workArea;
  const size = { width: Math.min(width, area.width), height: Math.min(height, area.height) };
  const reachable = x + size.width > area.x + 80 && x < area.x + area.width - 80 && y >= area.y - 10 && y < area.y + area.height - 40;
  return reachable ? { x, y, ...size } : size;
};

/** Size and place of the window, stored in `path`. */
export const createWindowBounds = (path: string) => {
  const stored = read(path);
  return {
    options: (): ReturnType<typeof placed> => (stored ? placed(stored) : { width: 1280, height: 800 }),
    follow: (window: BrowserWindow): void => {
      if (stored?.maximized) window.maximize();
      let timer: NodeJS.Timeout | undefined;
      const save = (): void => {
        clearTimeout(timer);
        if (window.isDestroyed()) return;
        try {
          writeFileSync(path, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() } satisfies Stored));
        } catch {
          // The disk is full: the window's place is not worth an error, least of all one from a timer, which would end the program.
        }
      };
      const later = (): void => {
        clearTimeout(timer);
        timer = setTimeout(save, saveDelayMs);
      };
      window.on('resize', later);
      window.on('move', later);
      window.on('close', save);
    },
  };
};
