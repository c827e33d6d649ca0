// Installers. The natives of one platform only: onnxruntime and better-sqlite3 bring those of all.
const testBuild = process.env.EMERGENCE_TEST_BUILD === '1';

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'app.emergence.desktop',
  productName: 'Emergence',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  // Every native part is N-API: the same file serves Node and Electron, nothing is compiled again.
  npmRebuild: false,
  files: [
    'out/**',
    'package.json',
    '!**/*.{map,md,d.ts,d.mts,d.cts}',
    '!node_modules/onnxruntime-node/bin/**',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own macros
    'node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/**',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/prebuilds/*',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own macros
    'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    // The grammars of `parsers/code/grammars.ts`, of some forty.
    '!node_modules/tree-sitter-wasms/out/*',
    'node_modules/tree-sitter-wasms/out/tree-sitter-{c,dart,elixir,kotlin,lua,scala,swift,zig}.wasm',
    '!node_modules/hnswlib-node/{src,build/Release/obj.target}/**',
    // The builds of Tesseract in the form that Node loads: three for its present models, three for the older one of directions.
    '!node_modules/tesseract.js-core/*.wasm.js',
    '!node_modules/tesseract.js/dist/**',
    // What transformers.js uses in browsers.
    '!node_modules/onnxruntime-web/**',
    '!node_modules/@huggingface/transformers/dist/*.web*',
    '!node_modules/@huggingface/transformers/dist/*.jsep.*',
  ],
  extraResources: [{ from: 'resources', to: 'resources' }],
  asar: true,
  // Native files cannot be loaded out of the archive, and helper processes start from real files.
  asarUnpack: [
    '**/*.node',
    '**/*.{so,dylib,dll}',
    '**/*.so.*',
    'node_modules/{onnxruntime-node,better-sqlite3,hnswlib-node,sharp,@img}/**',
    // A thread of its own reads these, with the language data.
    'out/main/languages/**',
    'node_modules/{tesseract.js,tesseract.js-core,bmp-js,is-url,node-fetch,whatwg-url,tr46,webidl-conversions,regenerator-runtime,wasm-feature-detect}/**',
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    // Playwright drives Electron through the inspector.
    enableNodeCliInspectArguments: testBuild,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  extraMetadata: { homepage: 'http://localhost/' },
  linux: {
    maintainer: 'Emergence <emergence@localhost>',
    target: ['AppImage', 'deb'],
    category: 'Office',
    icon: 'resources/icons/icon.png',
    synopsis: 'Chat over your own documents',
  },
  deb: { packageCategory: 'misc' },
  win: { target: ['nsis'], icon: 'resources/icons/icon.png' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
  mac: { target: ['dmg'], icon: 'resources/icons/icon.png', category: 'public.app-category.productivity', hardenedRuntime: true },
};
