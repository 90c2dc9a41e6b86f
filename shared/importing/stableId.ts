/** 88 bits of a text, the same each time, as 22 hex digits: whether a connection was imported before is told by them. */
export const stableId = (text: string): string => mix(text, 0) + mix(text, 0x9e3779b9)

const mix = (text: string, seed: number): string => {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  const digits = (number: number, count: number) => (number >>> 0).toString(16).padStart(8, '0').slice(-count)
  return digits(low, 6) + digits(high, 5)
}
