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
    // The first start, or a file from elsewhere: the default place is as good.
    return null;
  }
};

/** True when enough of it lies on a screen that is there now to be taken hold of. */
const isReachable = ({ x, y, width }: Rectangle): boolean => {
  const area = screen.getDisplayMatching({ x, y, width, height: 40 }).workArea;
  return x + width > area.x + 80 && x < area.x + area.width - 80 && y >= area.y - 10 && y < area.y + area.height - 40;
};

/** Size and place of the window, remembered in `path`. */
export const createWindowBounds = (path: string) => {
  const stored = read(path);
  return {
    options: (): Partial<Rectangle> & { width: number; height: number } => {
      if (!stored) return { width: 1280, height: 800 };
      const { x, y, width, height } = stored;
      return isReachable({ x, y, width, height }) ? { x, y, width, height } : { width, height };
    },
    follow: (window: BrowserWindow): void => {
      if (stored?.maximized) window.maximize();
      let timer: NodeJS.Timeout | undefined;
      const save = (): void => {
        clearTimeout(timer);
        if (window.isDestroyed()) return;
        try {
          writeFileSync(path, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() } satisfies Stored));
        } catch {
          // A full disk: where the window stood is not worth an error, least of all one from a timer that ends the program.
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
