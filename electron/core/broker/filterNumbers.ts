/** Numbers filters from 1 on, so that a message can say which brought it (MQTT 5 §3.8.2.1.2). A number is never given anew. */
export const createFilterNumbers = () => {
  const filters: string[] = []
  const numbers = new Map<string, number>()
  return {
    /** Numbers the filter on first use. */
    assign: (filter: string): number => {
      const known = numbers.get(filter)
      if (known !== undefined) return known
      numbers.set(filter, filters.push(filter))
      return filters.length
    },
    numberOf: (filter: string): number | undefined => numbers.get(filter),
    filterOf: (number: number): string | undefined => filters[number - 1],
    size: (): number => filters.length,
  }
}
