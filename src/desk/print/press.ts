import type { FontFiles } from '../../ports.ts'
import type { Paper, PaperInfo } from './paper.ts'

/** Opens papers; PDF library and fonts are loaded with the first, once. */
export interface Press {
  open(info: PaperInfo): Promise<Paper>
}

/** A press that nothing was loaded for yet; one is enough for a process. */
export function createPress(fonts: FontFiles): Press {
  let loading: Promise<(info: PaperInfo) => Paper> | undefined
  return {
    async open(info) {
      loading ??= import('./paper.pdf.ts').then(({ loadPaper }) => loadPaper(fonts))
      try {
        return (await loading)(info)
      } catch (error) {
        // A font that could not be read once is read again next time.
        loading = undefined
        throw error
      }
    },
  }
}
