/** The way to a place in JSON: keys, and null for whatever item of an array. */
export type PlacePath = readonly (string | null)[]

/** Where a cursor stands in JSON that is being written. */
export interface JsonPlace {
  /** What may stand here. Of a key the path leads to its object, of a value to the value itself. */
  readonly kind: 'key' | 'value'
  readonly path: PlacePath
  /** Where what was typed of it begins; the cursor, where nothing was. */
  readonly from: number
}

interface Open {
  readonly isMap: boolean
  /** Of the member that is written; null = its key is not complete. */
  key: string | null
  /** The next is a value and not a key. */
  wantsValue: boolean
  /** A value stands here already. */
  isFilled: boolean
}

const word = /[\w.+-]+/y

/** Null = nothing can begin here. What stands before need not be sound, and what stands behind is not looked at. */
export const jsonPlaceAt = (before: string): JsonPlace | null => {
  const open: Open[] = []
  let at = 0
  while (at < before.length) {
    const top = open.at(-1)
    const character = before.charAt(at)
    if (character === '"') {
      const end = stringEnd(before, at)
      if (end < 0) return placeIn(open, at)
      if (top && !top.wantsValue) top.key = textOf(before.slice(at, end))
      else if (top) top.isFilled = true
      at = end
      continue
    }
    word.lastIndex = at
    const [typed = ''] = word.exec(before) ?? []
    if (typed !== '') {
      if (at + typed.length === before.length) return placeIn(open, at)
      if (top) top.isFilled = true
      at += typed.length
      continue
    }
    takeMark(open, character)
    at += 1
  }
  return placeIn(open, at)
}

const takeMark = (open: Open[], character: string): void => {
  const top = open.at(-1)
  if (character === '{' || character === '[') {
    if (top) top.isFilled = true
    open.push({ isMap: character === '{', key: null, wantsValue: character === '[', isFilled: false })
  } else if (character === '}' || character === ']') open.pop()
  else if (character === ':' && top) top.wantsValue = true
  else if (character === ',' && top) Object.assign(top, { key: null, wantsValue: !top.isMap, isFilled: false })
}

const placeIn = (open: readonly Open[], from: number): JsonPlace | null => {
  const top = open.at(-1)
  if (!top || top.isFilled) return null
  const path = open.map(({ isMap, key }) => (isMap ? key : null))
  if (top.wantsValue) return { kind: 'value', path, from }
  return top.key === null ? { kind: 'key', path: path.slice(0, -1), from } : null
}

const stringEnd = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === '"') return at + 1
    else if (character === '\n') return -1
  }
  return -1
}

const textOf = (written: string): string => {
  try {
    return String(JSON.parse(written))
  } catch {
    return written.slice(1, -1)
  }
}
