/** Milliseconds since 1970 as an input of date and time has them, to the second, on the clock of this computer. */
export const localInputOf = (time: number): string => {
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}

/** The other way round; null = it is empty, NaN = it is no time. */
export const timeOfLocalInput = (text: string): number | null => (text === '' ? null : new Date(text).getTime())
