const numbersInAll = 2 ** 28 - 1
const blockNumbers = 4_096
/** Room above the highest first number, which would take years of new filters to fill. */
const spareBlocks = 4_096

/**
 * The first number of a process. A session that the server keeps brings messages with the numbers of the process before,
 * whose filters nobody knows any more: they must not be ours. `random` = from 0 up to but not 1.
 */
export const randomFirstNumber = (random: () => number): number => {
  const blocks = Math.floor(numbersInAll / blockNumbers) - spareBlocks
  return blockNumbers * (1 + Math.floor(random() * blocks))
}

/**
 * Numbers filters from `first` on (1 to 268,435,455), so that a message can say which brought it (MQTT 5 §3.8.2.1.2). A
 * number is never given anew.
 */
export const createFilterNumbers = (first: number) => {
  const filters: string[] = []
  const numbers = new Map<string, number>()
  return {
    /** Numbers the filter on first use. */
    assign: (filter: string): number => {
      const known = numbers.get(filter)
      if (known !== undefined) return known
      const number = first + filters.push(filter) - 1
      numbers.set(filter, number)
      return number
    },
    filterOf: (number: number): string | undefined => filters[number - first],
  }
}
