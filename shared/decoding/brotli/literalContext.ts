/** Classes of bytes by which the next literal is likely another one (RFC 7932 §7.1): runs of a value and how many have it. */
const table = (runs: string): Uint8Array =>
  Uint8Array.from(
    runs.split(' ').flatMap((run) => {
      const [value = 0, count = 1] = run.split('x').map(Number)
      return Array.from({ length: count }, () => value)
    }),
  )

const alternating = (low: number, high: number) => Array.from({ length: 32 }, () => `${low} ${high}`).join(' ')

const lastOfText = table(
  '0x9 4x2 0x2 4 0x18 8 12 16 12x2 20 12 16 24 28 12x2 32 12 36 12 44x10 32x2 24 40 28 12x2 48 52x3 48 52x3 48 52x5 48 52x5 ' +
    '48 52x5 24 12 28 12x3 56 60x3 56 60x3 56 60x5 56 60x5 56 60x5 24 12 28 12 0 ' +
    `${alternating(0, 1)} ${alternating(2, 3)}`,
)
const beforeOfText = table('0x33 1x15 2x10 1x7 2x26 1x6 3x26 1x4 0x97 2x32')
const signs = table('0 1x15 2x48 3x64 4x64 5x48 6x15 7')

/** How the two bytes before a literal choose among 64 contexts, by the mode of its block type. */
export const literalContext = (mode: number, last: number, before: number): number => {
  if (mode === 0) return last & 63
  if (mode === 1) return last >> 2
  if (mode === 2) return (lastOfText[last] ?? 0) | (beforeOfText[before] ?? 0)
  return ((signs[last] ?? 0) << 3) | (signs[before] ?? 0)
}
