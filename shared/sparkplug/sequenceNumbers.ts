/** What the next number of a sequence says. */
type SequenceStep =
  | { readonly kind: 'next' | 'outOfOrder' | 'again' }
  /** Numbers that were left out, such as `5` or `5–7`. */
  | { readonly kind: 'gap'; readonly missed: string }

/** The sequence numbers of an edge node with its devices: 0 to 255, then 0 again (tck-id-payloads-sequence-num-incrementing). */
export interface SequenceNumbers {
  readonly last: () => number | null
  /** The next one begins the sequence, whatever it is. */
  readonly begin: (number: number) => void
  readonly take: (number: number) => SequenceStep
  readonly forget: () => void
}

const numbers = 256

export const createSequenceNumbers = (): SequenceNumbers => {
  let last: number | null = null
  const missing = new Set<number>()
  return {
    last: () => last,
    begin: (number) => {
      last = number
      missing.clear()
    },
    forget: () => {
      last = null
      missing.clear()
    },
    take: (number) => {
      const wanted: number = last === null ? number : (last + 1) % numbers
      const ahead = (number - wanted + numbers) % numbers
      // What is nearer behind than ahead was sent before.
      if (ahead >= numbers / 2) return { kind: missing.delete(number) ? 'outOfOrder' : 'again' }
      last = number
      missing.delete(number)
      if (ahead === 0) return { kind: 'next' }
      for (let step = 0; step < ahead; step++) missing.add((wanted + step) % numbers)
      const end = (number - 1 + numbers) % numbers
      return { kind: 'gap', missed: ahead === 1 ? String(wanted) : `${wanted}–${end}` }
    },
  }
}
