import { readJson } from './prettyJson'

/** The way to one value in a JSON text: names of members and places in arrays. */
export type FieldPath = readonly (string | number)[]

/** `.name`, `[0]` or `["any name"]`. */
const step = /\.([^.[\]\s]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y

/** Reads a path such as `$.celsius`, `$.axes[0]` or `$["any name"]`; null = it is none. `$` alone is the whole text. */
export const fieldPathOf = (text: string): FieldPath | null => {
  if (!text.startsWith('$')) return null
  const path: (string | number)[] = []
  for (let position = 1; position < text.length; position = step.lastIndex) {
    step.lastIndex = position
    const [, name, place, quoted] = step.exec(text) ?? []
    if (name !== undefined) path.push(name)
    else if (place !== undefined) path.push(Number(place))
    else if (quoted !== undefined) path.push(unquoted(quoted))
    else return null
  }
  return path
}

export const isFieldPath = (text: string): boolean => fieldPathOf(text) !== null

/**
 * The value at a path of a JSON text as it is written there, so that a number keeps every digit; a string without its quotes
 * and escapes. Of members with one name the last one counts, as JSON readers do it. Null = the text is no JSON, or has no
 * such value.
 */
export const jsonFieldText = (text: string, path: FieldPath): string | null => {
  const walk = createWalk(path)
  if (readJson(text, walk.take) !== null) return null
  const found = walk.found()
  return found === null ? null : found.startsWith('"') ? unquoted(found) : found
}

interface Container {
  /** How many steps of the path lead to it; -1 = it is not on the path. */
  readonly steps: number
  readonly isArray: boolean
  /** The place or the name of the value that comes next. */
  key: string | number
  awaitsName: boolean
}

/** Follows the tokens of a text, and keeps those of the value at the path. */
const createWalk = (path: FieldPath) => {
  const open: Container[] = []
  let kept: { readonly tokens: string[]; readonly depth: number } | null = null
  let found: string | null = null

  const endValue = () => {
    if (kept?.depth !== open.length) return
    found = kept.tokens.join('')
    kept = null
  }
  const beginValue = (token: string) => {
    const inside = open.at(-1)
    const steps = !inside ? 0 : inside.steps >= 0 && inside.key === path[inside.steps] ? inside.steps + 1 : -1
    // A member of the same name came before: it counts no more.
    if (steps >= 0) found = null
    if (steps === path.length) kept = { tokens: [], depth: open.length }
    kept?.tokens.push(token)
    if (token === '{') open.push({ steps, isArray: false, key: '', awaitsName: true })
    else if (token === '[') open.push({ steps, isArray: true, key: 0, awaitsName: false })
    else endValue()
  }
  const takePunctuation = (token: string, inside: Container | undefined) => {
    kept?.tokens.push(token === ',' || token === ':' ? `${token} ` : token)
    if (token === '}' || token === ']') {
      open.pop()
      endValue()
    } else if (token === ',' && inside) {
      if (typeof inside.key === 'number') inside.key += 1
      inside.awaitsName = !inside.isArray
    }
  }
  return {
    found: () => found,
    take: (token: string): void => {
      const inside = open.at(-1)
      if ('}],:'.includes(token)) takePunctuation(token, inside)
      else if (inside?.awaitsName) {
        kept?.tokens.push(token)
        inside.key = unquoted(token)
        inside.awaitsName = false
      } else beginValue(token)
    },
  }
}

const unquoted = (token: string): string => String(JSON.parse(token))
