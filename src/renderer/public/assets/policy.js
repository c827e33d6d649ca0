// Runs before the modules of the window. The content policy lets no text become HTML, code or a worker
// (`require-trusted-types-for`); only the workers of our own build are let through: pdf.js starts its own by address.
// HTML is parsed from text nowhere in the window; a library that wants to must be given elements instead.
if (window.trustedTypes)
  window.trustedTypes.createPolicy('default', {
    createScriptURL: (address) => {
      const url = new URL(address, document.baseURI);
      const isOwn = url.protocol === location.protocol && url.host === location.host && url.pathname.startsWith('/assets/');
      return isOwn ? url.href : null;
    },
  });
// Zod would try whether it may make functions of text.
globalThis.__zod_globalConfig = { jitless: true };
