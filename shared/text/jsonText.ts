const byteOrderMark = '\ufeff'

export interface JsonText {
  /** A byte order mark, or nothing. */
  readonly before: string
  readonly json: string
  /** The first NUL and what follows it: no JSON holds one (RFC 8259 §7). */
  readonly behind: string
}

/** Where JSON stands in a text. Programs write a byte order mark before it and, from a buffer in C, NULs behind it. */
export const jsonTextOf = (text: string): JsonText => {
  const from = text.startsWith(byteOrderMark) ? 1 : 0
  const nul = text.indexOf('\0', from)
  const to = nul < 0 ? text.length : nul
  return { before: text.slice(0, from), json: text.slice(from, to), behind: text.slice(to) }
}
