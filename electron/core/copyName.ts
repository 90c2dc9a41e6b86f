const longest = 200
const suffixed = (name: string, suffix: string) => `${name.slice(0, longest - suffix.length)}${suffix}`

/** "Name copy", or "Name copy 2" and so on where that is taken; within the length a name may have. */
export const copyName = (name: string, taken: ReadonlySet<string>): string => {
  const base = name.replace(/ copy( \d+)?$/, '')
  for (let number = 1; ; number += 1) {
    const candidate = suffixed(base, number === 1 ? ' copy' : ` copy ${number}`)
    if (!taken.has(candidate)) return candidate
  }
}
