/** RFC 3454 C.1.2: they become a space (RFC 4013 §2.1). */
const otherSpaces = /[\u{a0}\u{1680}\u{2000}-\u{200b}\u{202f}\u{205f}\u{3000}]/gu

/** RFC 3454 B.1: they become nothing. */
const droppedCharacters = /[\u{ad}\u{34f}\u{1806}\u{180b}-\u{180d}\u{200c}\u{200d}\u{2060}\u{fe00}-\u{fe0f}\u{feff}]/gu

/** RFC 4013 §2.3: RFC 3454 C.1.2, C.2.1, C.2.2 and C.3 to C.9. */
const prohibited = new RegExp(
  [
    '[\\u{0}-\\u{1f}\\u{7f}-\\u{a0}\\u{340}\\u{341}\\u{6dd}\\u{70f}\\u{1680}\\u{180e}\\u{2000}-\\u{200f}',
    '\\u{2028}-\\u{202f}\\u{205f}-\\u{2063}\\u{206a}-\\u{206f}\\u{2ff0}-\\u{2ffb}\\u{3000}\\u{d800}-\\u{f8ff}',
    '\\u{fdd0}-\\u{fdef}\\u{feff}\\u{fff9}-\\u{ffff}\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}',
    '\\u{f0000}-\\u{10ffff}]|[\\u{1fffe}\\u{1ffff}\\u{2fffe}\\u{2ffff}\\u{3fffe}\\u{3ffff}\\u{4fffe}\\u{4ffff}',
    '\\u{5fffe}\\u{5ffff}\\u{6fffe}\\u{6ffff}\\u{7fffe}\\u{7ffff}\\u{8fffe}\\u{8ffff}\\u{9fffe}\\u{9ffff}',
    '\\u{afffe}\\u{affff}\\u{bfffe}\\u{bffff}\\u{cfffe}\\u{cffff}\\u{dfffe}\\u{dffff}\\u{efffe}\\u{effff}]',
  ].join(''),
  'u',
)

/** RFC 3454 D.1: written from right to left. */
const rightToLeft = new RegExp(
  [
    '[\\u{5be}\\u{5c0}\\u{5c3}\\u{5d0}-\\u{5ea}\\u{5f0}-\\u{5f4}\\u{61b}\\u{61f}\\u{621}-\\u{63a}\\u{640}-\\u{64a}',
    '\\u{66d}-\\u{66f}\\u{671}-\\u{6d5}\\u{6dd}\\u{6e5}\\u{6e6}\\u{6fa}-\\u{6fe}\\u{700}-\\u{70d}\\u{710}',
    '\\u{712}-\\u{72c}\\u{780}-\\u{7a5}\\u{7b1}\\u{200f}\\u{fb1d}\\u{fb1f}-\\u{fb28}\\u{fb2a}-\\u{fb36}',
    '\\u{fb38}-\\u{fb3c}\\u{fb3e}\\u{fb40}\\u{fb41}\\u{fb43}\\u{fb44}\\u{fb46}-\\u{fbb1}\\u{fbd3}-\\u{fd3d}',
    '\\u{fd50}-\\u{fd8f}\\u{fd92}-\\u{fdc7}\\u{fdf0}-\\u{fdfc}\\u{fe70}-\\u{fe74}\\u{fe76}-\\u{fefc}]',
  ].join(''),
  'u',
)
const letter = /\p{L}/u

/**
 * A user name or password as SASLprep has it (RFC 4013), as a query: unassigned characters pass. Null = it may not stand in
 * one. What is written from left to right is known by being a letter, which RFC 3454 D.2 lists one by one.
 */
export const saslPrep = (text: string): string | null => {
  const prepared = text.replace(otherSpaces, ' ').replace(droppedCharacters, '').normalize('NFKC')
  return prohibited.test(prepared) || mixesDirections(prepared) ? null : prepared
}

/** RFC 3454 §6. */
const mixesDirections = (text: string): boolean => {
  const characters = Array.from(text)
  if (!characters.some((one) => rightToLeft.test(one))) return false
  const ends = [characters[0] ?? '', characters.at(-1) ?? '']
  return (
    characters.some((one) => letter.test(one) && !rightToLeft.test(one)) || !ends.every((one) => rightToLeft.test(one))
  )
}
