import { useAddFiles } from '@renderer/base/addFiles';
import { type Command, runCommand, useCommand } from '@renderer/base/commands';
import { closeEvidence, useEvidence } from '@renderer/base/evidenceStore';
import { answerLeaving } from '@renderer/base/leaving';
import { goTo, goToPath } from '@renderer/base/routes';
import { askForWebPage } from '@renderer/base/webPageQuestion';
import { putDraft } from '@renderer/conversation/useDraft';
import { useShortcut } from '@renderer/lib/shortcuts';
import { isModalOpen } from '@renderer/ui/Modal';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { CheatSheet } from './CheatSheet';
import { sectionOf, useEntrances } from './lastPlaces';
import { sections } from './sections';

const Palette = lazy(async () => ({ default: (await import('@renderer/features/palette')).Palette }));

/** Shortcuts and menu commands of the whole window, the palette and the cheat sheet. */
export const Commands = () => {
  const [path] = useHashLocation();
  const current = sectionOf(path)?.id ?? null;
  const entranceNow = useEntrances(current);
  const entrance = useRef(entranceNow);
  entrance.current = entranceNow;
  const [palette, setPalette] = useState<{ everything: boolean } | null>(null);
  const [used, setUsed] = useState(false);
  const [sheet, setSheet] = useState(false);
  const openPalette = (everything: boolean): void => {
    setUsed(true);
    setPalette({ everything });
  };
  const close = useCallback((open: boolean) => !open && setPalette(null), []);
  /** The palette closes for a command of a key or the menu; a dialog waits for its own answer. */
  const free = useRef((): boolean => true);
  free.current = () => {
    if (palette === null) return !isModalOpen();
    setPalette(null);
    return true;
  };
  const run = (command: Command) => (): void => {
    if (free.current()) runCommand(command);
  };

  useCommand('new-chat', () => goTo('chat'));
  useCommand('palette', () => openPalette(false));
  useCommand('search', () => openPalette(true));
  useCommand('settings', () => goTo('settings', { page: 'general' }));
  useCommand('shortcuts', () => setSheet(true));
  const { choose } = useAddFiles();
  useCommand('add-files', () => void choose('files'));
  useCommand('add-folder', () => void choose('folder'));
  useCommand('add-web-page', () => askForWebPage());

  useShortcut('mod+k', () => (palette ? setPalette(null) : run('palette')()));
  useShortcut('mod+n', run('new-chat'));
  useShortcut('mod+shift+f', run('search'));
  useShortcut('mod+,', run('settings'));
  useShortcut('?', run('shortcuts'));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const section = sections.find(({ shortcut }) => shortcut === `mod+${/^Digit(\d)$/.exec(event.code)?.[1]}`);
      // On a page with its own Find that one opens; elsewhere the browser's does.
      if (section) {
        if (free.current()) goToPath(entrance.current(section));
      } else if (event.key.toLowerCase() !== 'f' || isModalOpen() || !runCommand('find')) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  // The topmost layer (menu, dialog, field) has handled its Escape already.
  useShortcut('Escape', () => {
    if (!runCommand('stop') && useEvidence.getState().target) closeEvidence();
  });
  useEffect(answerLeaving, []);
  useEffect(() => window.desktop?.onMenuCommand((command) => void (free.current() && runCommand(command))), []);

  return (
    <>
      {used && (
        <Suspense>
          <Palette
            open={palette !== null}
            onOpenChange={close}
            everything={palette?.everything ?? false}
            onEverything={() => setPalette({ everything: true })}
            places={sections}
            onAsk={(text) => {
              goTo('chat');
              putDraft(null, text);
            }}
          />
        </Suspense>
      )}
      <CheatSheet open={sheet} onOpenChange={setSheet} />
    </>
  );
};
