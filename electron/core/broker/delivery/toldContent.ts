// Why it is so: build/docs/decisions/31-messages-that-come-more-than-once.md
/** Copies of one message leave the server about together; what comes later than this is a message of its own. */
const togetherMs = 5_000

/** Too old for copies still to come. Times are steady. */
export const isPast = (time: number, now: number): boolean => now - time > togetherMs

/**
 * The messages with one topic and payload that were told (passed on as messages of their own), numbered from 1 in their
 * order. Epochs are those of overlapCopies.
 */
export interface ToldContent {
  readonly key: string
  /** How many were told. */
  told: number
  /** How many of them are past. */
  past: number
  /** Messages told at the same time in the same epoch, three numbers each: time, epoch, and how many were told by then. */
  runs: number[]
  /** Index of the first run that is not past. */
  head: number
  /** Pairs: a Subscription Identifier, and the number of the newest message it came with. */
  places: number[]
}

export const newContent = (key: string): ToldContent => ({ key, told: 0, past: 0, runs: [], head: 0, places: [] })

/** Runs are cut off many at a time: each cut copies what remains. */
const spareNumbers = 3 * 256

export const letGoOfPast = (content: ToldContent, now: number): void => {
  const { runs } = content
  while (content.head < runs.length && isPast(runs[content.head] ?? 0, now)) {
    content.past = runs[content.head + 2] ?? content.told
    content.head += 3
  }
  if (content.head < spareNumbers || content.head * 2 < runs.length) return
  content.runs = runs.slice(content.head)
  content.head = 0
}

/** How many were told before an epoch began. */
export const toldBefore = ({ runs, head, past }: ToldContent, epoch: number): number => {
  let low = head / 3
  let high = runs.length / 3
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * 3 + 1] ?? 0) < epoch) low = middle + 1
    else high = middle
  }
  return low * 3 === head ? past : (runs[low * 3 - 1] ?? past)
}

/** Counts one more that is told. */
export const tell = (content: ToldContent, time: number, epoch: number): void => {
  const { runs } = content
  content.told += 1
  const last = runs.length - 3
  if (last >= content.head && runs[last] === time && runs[last + 1] === epoch) runs[last + 2] = content.told
  else if (last < 0) content.runs = [time, epoch, content.told]
  else runs.push(time, epoch, content.told)
}

/** The number of the newest message that came with this identifier; 0 = none did. */
export const placeOf = ({ places }: ToldContent, identifier: number): number => {
  for (let at = 0; at < places.length; at += 2) if (places[at] === identifier) return places[at + 1] ?? 0
  return 0
}

export const notePlace = (content: ToldContent, identifier: number, place: number): void => {
  const { places } = content
  for (let at = 0; at < places.length; at += 2) {
    if (places[at] !== identifier) continue
    places[at + 1] = place
    return
  }
  // Most contents came with few identifiers, and `push` would reserve room for sixteen more numbers in each.
  if (places.length < 8) content.places = [...places, identifier, place]
  else places.push(identifier, place)
}
