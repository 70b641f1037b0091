// The whole suite as one file: of its files workerd would run one at a time, with a core idle beside it.

declare global {
  interface ImportMeta {
    /** vite's: the modules that match, loaded. */
    glob(pattern: string, options: { eager: true }): Record<string, unknown>
  }
}

import.meta.glob('./*.test.ts', { eager: true })

export {}
