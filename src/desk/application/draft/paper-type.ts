/** What may be attached, with the endings that its names may have. */
const TYPES: Record<string, { name: string; endings: readonly string[] }> = {
  'application/pdf': { name: 'PDF', endings: ['pdf'] },
  'image/jpeg': { name: 'JPEG', endings: ['jpg', 'jpeg'] },
  'image/png': { name: 'PNG', endings: ['png'] },
}

/**
 * What a file is, told by its content alone, and whether its name says the same. What a browser
 * says of the type is not looked at: it only repeats the name.
 */
export async function paperType(
  name: string,
  bytes: Uint8Array,
): Promise<{ mediaType?: string; fault?: string }> {
  // Loaded with the first paper: most starts of the product see none.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const type = found && TYPES[found.mime]
  if (!type)
    return {
      fault: `「${name}」の中身はPDF・JPEG・PNGのどれでもないため、添付できません。別のファイルを選んでください`,
    }
  const ending = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (type.endings.includes(ending)) return { mediaType: found.mime }
  return {
    fault: `「${name}」は名前と中身が違います（中身は${type.name}です）。正しい名前のファイルを選んでください`,
  }
}
