/** What nobody imports is found from these beginnings: scripts, windows, workers, tests, and programs that tests run.
 * @type {import('knip').KnipConfig} */
export default {
  entry: [
    'build/*.mjs',
    'build/lib/developmentLoader/loader.cjs',
    'electron/main/main.ts',
    'electron/preload/preload.ts',
    'electron/cli/main.ts',
    'renderer/app/main.tsx',
    'renderer/gallery/main.tsx',
    'build/lib/galleryWindow.cjs',
    'renderer/**/*Worker.ts',
    'electron/**/*Thread.ts',
    '{shared,electron,renderer}/**/*.test.{ts,tsx}',
    'test/**/*.{test,bench}.ts',
    'test/bench/*.mjs',
    'test/bench/windowModelFill.ts',
    'test/support/*.cjs',
  ],
  project: ['{shared,electron,renderer,test,build}/**/*.{ts,tsx,mjs,js,cjs}', '!build/{out,bench,release}/**'],
  // Loaded by its name where the runtime has no node:sqlite: electron/core/sqlite.ts.
  ignoreDependencies: ['@photostructure/sqlite'],
  // Programs of the system are installed by build/lib/debianPackages.mjs.
  exclude: ['binaries'],
  vitest: { config: 'build/vitest.config.ts' },
  playwright: { config: ['build/playwright.config.ts', 'build/playwright.bench.config.ts'] },
  'dependency-cruiser': { config: 'build/layers/cruise.config.mjs' },
}
