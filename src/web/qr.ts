import QRCode from 'qrcode'
import { type Html, html } from './html.ts'

/** Light modules on every side (ISO/IEC 18004 §6.3.8). */
const MARGIN = 4

/**
 * A QR code as inline SVG, error correction level M, opaque white behind it. Its size is the style
 * sheet's: at least 30 mm on paper, below which a 100 dpi scan or a FAX loses it.
 * @param text what it says, in practice an address
 * @param label what it is, for those who do not see it
 */
export function qrSvg(text: string, label: string): Html {
  const { side, dark } = qrShape(text)
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${dark}"/></svg>`
}

/** The same code to be drawn elsewhere: its side with the quiet zone, in modules, and an SVG path. */
export function qrShape(text: string): { side: number; dark: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  return { side: modules.size + 2 * MARGIN, dark: darkRuns(modules) }
}

/** One rectangle for each horizontal run of dark modules. */
function darkRuns(modules: { size: number; get(row: number, column: number): number }): string {
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    let column = 0
    while (column < modules.size) {
      const start = column
      while (column < modules.size && modules.get(row, column)) column++
      const width = column - start
      if (width > 0) path += `M${start + MARGIN} ${row + MARGIN}h${width}v1h-${width}z`
      column++
    }
  }
  return path
}
