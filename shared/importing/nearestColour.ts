import type { ColourName } from '#shared/model/colour'

/** Where the colours stand on the circle of hues, in degrees. */
const hues: readonly (readonly [ColourName, number])[] = [
  ['red', 0],
  ['amber', 38],
  ['lime', 85],
  ['green', 145],
  ['teal', 178],
  ['blue', 215],
  ['violet', 270],
  ['pink', 325],
]

/** The colour that is nearest to `#RRGGBB`, or `0xRRGGBBAA` as JavaFX writes it; undefined = it is none. */
export const nearestColour = (text: string): ColourName | undefined => {
  const [, digits] = /^(?:#|0x)([\da-f]{6})(?:[\da-f]{2})?$/i.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const hue = hueOf(Number.parseInt(digits, 16))
  if (hue === null) return undefined
  const distance = (other: number) => Math.min(Math.abs(hue - other), 360 - Math.abs(hue - other))
  return hues.toSorted(([, one], [, other]) => distance(one) - distance(other))[0]?.[0]
}

const hexes: Readonly<Record<ColourName, string>> = {
  red: '#d03030',
  amber: '#d09530',
  lime: '#8dd030',
  green: '#30d073',
  teal: '#30d0cb',
  blue: '#3073d0',
  violet: '#8030d0',
  pink: '#d0308d',
}

/** A colour as other tools write it, of which it is the nearest again. */
export const hexOfColour = (colour: ColourName): string => hexes[colour]

/** Null = a grey. */
const hueOf = (rgb: number): number | null => {
  const [red, green, blue] = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255]
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range < 16) return null
  if (most === red) return (((green - blue) / range) * 60 + 360) % 360
  return most === green ? ((blue - red) / range) * 60 + 120 : ((red - green) / range) * 60 + 240
}
