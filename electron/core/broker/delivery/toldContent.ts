/** Copies of one message leave the server about together; what comes later than this is a message of its own. */
export const togetherMs = 5_000

/** Too old to have copies to come. Times are steady. */
export const isPast = (time: number, now: number): boolean => now - time > togetherMs

/** The messages of one topic and payload, in the order they were told. */
export interface ToldContent {
  readonly key: string
  /** How many there were, and how many of them are past. */
  told: number
  past: number
  /** Those told at one time after as many begins, as three numbers: time, begins, and how many had been told then. */
  runs: number[]
  /** Where the first run stands that is not past. */
  head: number
  /** Subscription identifiers, each followed by the number of the message it was last seen for. */
  places: number[]
}

export const newContent = (key: string): ToldContent => ({ key, told: 0, past: 0, runs: [], head: 0, places: [] })

/** Runs are cut off many at a time. */
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

/** How many were told before the `begin`-th begin. */
export const toldBefore = ({ runs, head, past }: ToldContent, begin: number): number => {
  let low = head / 3
  let high = runs.length / 3
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * 3 + 1] ?? 0) < begin) low = middle + 1
    else high = middle
  }
  return low * 3 === head ? past : (runs[low * 3 - 1] ?? past)
}

export const tell = (content: ToldContent, time: number, begins: number): void => {
  const { runs } = content
  content.told += 1
  const last = runs.length - 3
  if (last >= content.head && runs[last] === time && runs[last + 1] === begins) runs[last + 2] = content.told
  else if (last < 0) content.runs = [time, begins, content.told]
  else runs.push(time, begins, content.told)
}

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
  // There are many contents of few places: an array that grew by itself would keep room for sixteen more.
  if (places.length < 8) content.places = [...places, identifier, place]
  else places.push(identifier, place)
}
