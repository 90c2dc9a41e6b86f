/** One line on screen. `continues` = the same line goes on in the next one, only its length made a cut needed. */
export interface Line {
  readonly text: string
  readonly continues: boolean
}

export interface Lines {
  readonly count: number
  at(index: number): Line
}

/** Longer lines are cut: an engine needs seconds to lay out a line of megabytes. */
export const longestLine = 2_000

const growing = () => {
  let values = new Uint32Array(1_024)
  let length = 0
  return {
    push: (value: number) => {
      if (length === values.length) {
        const grown = new Uint32Array(values.length * 2)
        grown.set(values)
        values = grown
      }
      values[length++] = value
    },
    at: (index: number) => values[index] ?? 0,
    length: () => length,
  }
}

const isHighSurrogate = (text: string, index: number) => (text.charCodeAt(index) & 0xfc00) === 0xd800

/** A text by lines, found once; the lines themselves are made when they are shown. CR before LF is not shown. */
export const textLines = (text: string): Lines => {
  const starts = growing()
  let start = 0
  while (true) {
    starts.push(start)
    const lineFeed = text.indexOf('\n', start)
    const end = lineFeed < 0 ? text.length : lineFeed
    if (end - start > longestLine) {
      start += isHighSurrogate(text, start + longestLine - 1) ? longestLine - 1 : longestLine
    } else if (lineFeed < 0) break
    else start = lineFeed + 1
  }
  const count = starts.length()
  return {
    count,
    at: (index) => {
      const from = starts.at(index)
      if (index === count - 1) return { text: text.slice(from), continues: false }
      const next = starts.at(index + 1)
      if (text[next - 1] !== '\n') return { text: text.slice(from, next), continues: true }
      const end = text[next - 2] === '\r' && next - 2 >= from ? next - 2 : next - 1
      return { text: text.slice(from, end), continues: false }
    },
  }
}
