import { useEffect, useRef, useState } from 'react';
import { openPdf, type PDFDocumentProxy } from './pdf';

/** The PDF or picture at an address, null until it is open; closed with the component. */
export const usePdf = (
  url: string,
  isImage: boolean,
  on: { opened: (pages: number) => void; error: (error: unknown) => void },
): PDFDocumentProxy | null => {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const report = useRef(on);
  report.current = on;
  useEffect(() => {
    const abort = new AbortController();
    let close: (() => unknown) | null = null;
    setPdf(null);
    openPdf(url, isImage, abort.signal)
      .then(async (task) => {
        close = () => task.destroy();
        if (abort.signal.aborted) return close();
        const opened = await task.promise;
        if (abort.signal.aborted) return;
        setPdf(opened);
        report.current.opened(opened.numPages);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) report.current.error(error);
      });
    return () => {
      abort.abort();
      close?.();
    };
  }, [url, isImage]);
  return pdf;
};
