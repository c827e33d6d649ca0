import type { Client } from '@renderer/app/client';

/** Fetches an address of the original and hands it to the browser (or the desktop) to be saved under its own name. */
export const saveOriginal = async (client: Client, versionId: string): Promise<void> => {
  const { url, fileName } = await client.library.original({ versionId });
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
};
