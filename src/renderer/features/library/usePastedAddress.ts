import { askForWebPage } from '@renderer/base/webPageQuestion';
import { isTyping } from '@renderer/lib/shortcuts';
import { isModalOpen } from '@renderer/ui/Modal';
import { isWebSource, readWebAddress } from '@shared/model';
import { useEffect } from 'react';

/** While the list of documents is shown, an address that is pasted beside all fields is offered as a page. */
export const usePastedAddress = (): void => {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target) || isModalOpen() || event.clipboardData?.files.length) return;
      const text = event.clipboardData?.getData('text/plain').trim() ?? '';
      const address = isWebSource(text) ? readWebAddress(text) : null;
      if (address === null) return;
      event.preventDefault();
      askForWebPage(address);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
};
