/**
 * The container of everything that floats: a landmark beside the window, which stays live while a dialog makes the window inert.
 */
export const overlays = (): HTMLElement | null => document.getElementById('overlays');
