import type { Config } from '../config.ts'
import type { Site } from '../web/site.ts'

/** What the pages say of an installation. */
export function siteOf(
  { publicOrigin, operatorName, operatorContact }: Config,
  demo: boolean,
): Site {
  return {
    origin: publicOrigin,
    demo,
    ...(operatorName !== undefined && { operator: operatorName }),
    ...(operatorContact !== undefined && { contact: operatorContact }),
  }
}
