/**
 * Which gaps between messages are usual for a topic. A gap is usual when gaps of its class came twice or more, and the
 * last message is not further from the latest of them than five times the longest time between two. So pauses between
 * bursts count, however many messages stand between them; a single outage does not; and what no longer happens is
 * forgotten.
 *
 * Classes are octaves from 256 ms to 2.3 hours, the last without an end. A gap counts in its own class and in the one
 * below, so that pauses which vary around a border are the same. Two numbers are kept for each class: when the latest gap
 * ended (0 = none yet) and the longest time between two, in ticks of 64 ms that start over every 8.7 years.
 */
const shortestOctave = 8
const longestOctave = 23
const classes = longestOctave - shortestOctave + 1
const wordsOfClass = 2
export const pauseWords = classes * wordsOfClass

const tickMs = 64
const missedBeforeForgotten = 5

/** Notes the gap that ended at `time` in the numbers from `from` on. */
export const notePause = (words: Uint32Array, from: number, gap: { readonly ms: number; readonly time: number }) => {
  if (gap.ms < 2 ** shortestOctave) return
  const octave = gap.ms >= 2 ** longestOctave ? longestOctave : 31 - Math.clz32(gap.ms)
  const at = from + (octave - shortestOctave) * wordsOfClass
  const tick = tickOf(gap.time)
  noteInClass(words, at, tick)
  if (at > from) noteInClass(words, at - wordsOfClass, tick)
}

interface GapBounds {
  readonly atLeast: number
  readonly below: number
}

/** Between what lengths the longest usual gaps are, as of the last message; null = all of them are under 256 ms. */
export const usualGapOf = (words: Readonly<Uint32Array>, lastAt: number): GapBounds | null => {
  const now = tickOf(lastAt)
  for (let octave = longestOctave; octave >= shortestOctave; octave--) {
    const at = (octave - shortestOctave) * wordsOfClass
    const between = words[at + 1] ?? 0
    if (between > 0 && ticksBetween(words[at] ?? 0, now) <= between * missedBeforeForgotten)
      return { atLeast: 2 ** octave, below: octave === longestOctave ? Infinity : 2 ** (octave + 1) }
  }
  return null
}

const tickOf = (time: number): number => Math.floor(time / tickMs) >>> 0 || 1

/** Negative where the clock went back. */
const ticksBetween = (earlier: number, later: number): number => (later - earlier) | 0

const noteInClass = (words: Uint32Array, at: number, tick: number): void => {
  const latest = words[at] as number
  words[at] = tick
  if (latest === 0) return
  const between = ticksBetween(latest, tick)
  if (between > (words[at + 1] as number)) words[at + 1] = between
}
