/** How a level of a topic differs from one that was meant, bits of a set; what differs otherwise is another level. */
export const likeness = { case: 1, spaces: 2, plural: 4 } as const
export const anotherLevel = -1

/**
 * Answers how a topic's level differs from one of a filter: 0 = they are the same, else a set of `likeness`, or
 * `anotherLevel`. Levels come again and again, so each is compared once.
 */
export const createLikeness = (level: string): ((other: string) => number) => {
  const known = new Map<string, number>()
  const hasSpaces = /\s/.test(level)
  return (other) => {
    if (level === other) return 0
    // Most levels are told apart by their lengths. Without spaces, a word and its plural have at most two letters more or less.
    if (!hasSpaces && Math.abs(other.length - level.length) > 2 && !/\s/.test(other)) return anotherLevel
    const before = known.get(other)
    if (before !== undefined) return before
    const found = compared(level, other)
    known.set(other, found)
    return found
  }
}

const compared = (level: string, other: string): number => {
  // An empty level is a slash too many, and no slip within a level.
  if (level === '' || other === '') return anotherLevel
  const one = withoutSpaces(level)
  const two = withoutSpaces(other)
  if (one === '' || two === '') return anotherLevel
  const [oneFolded, twoFolded] = [one.toLowerCase(), two.toLowerCase()]
  const isPlural = oneFolded !== twoFolded
  if (isPlural && !pluralsOf(oneFolded).includes(twoFolded) && !pluralsOf(twoFolded).includes(oneFolded))
    return anotherLevel
  const hasOtherCase = isPlural ? !startsAlike(one, two) : one !== two
  const hasOtherSpaces = level.length - one.length !== other.length - two.length || (!isPlural && !hasOtherCase)
  return (hasOtherCase ? likeness.case : 0) | (hasOtherSpaces ? likeness.spaces : 0) | (isPlural ? likeness.plural : 0)
}

const withoutSpaces = (text: string): string => (/\s/.test(text) ? text.replace(/\s+/g, '') : text)

/** English is what topics are mostly written in. */
const pluralsOf = (word: string): string[] => [
  `${word}s`,
  `${word}es`,
  ...(word.endsWith('y') ? [`${word.slice(0, -1)}ies`] : []),
]

/** Of a word and its plural: what they have in common has the same letters. */
const startsAlike = (one: string, two: string): boolean => {
  const length = Math.min(one.length, two.length) - 1
  return one.slice(0, length) === two.slice(0, length)
}
