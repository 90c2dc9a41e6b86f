import { SaxesParser } from 'saxes'
import type { XmlElement } from './foreignConnection'
import { importLimits, UnreadableFile } from './limits'

interface OpenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const withoutPrefix = (name: string): string => name.replace(/^.*:/, '')

/**
 * The root of an XML document. Entities that it declares itself are refused by the parser, so none grows or reads a file.
 * Throws `UnreadableFile`.
 */
export const readXml = (text: string): XmlElement => {
  const parser = new SaxesParser({ xmlns: false })
  const open: OpenElement[] = [{ name: '', attributes: {}, children: [], text: '' }]
  let count = 0
  const add = (said: string) => {
    const parent = open.at(-1)
    if (parent) parent.text += said
  }
  parser.on('error', ({ message }) => {
    throw new UnreadableFile('damaged', `The XML is not well-formed: ${message}`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    count += 1
    if (open.length > importLimits.depth)
      throw new UnreadableFile('tooMuch', 'The XML has too many elements inside each other.')
    if (count > importLimits.elements) throw new UnreadableFile('tooMuch', 'The XML has too many elements.')
    open.push({ name: withoutPrefix(name), attributes: { ...attributes }, children: [], text: '' })
  })
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element) open.at(-1)?.children.push({ ...element, text: element.text })
  })
  parser.write(text).close()
  const root = open[0]?.children[0]
  if (!root) throw new UnreadableFile('damaged', 'The XML has no element.')
  return root
}

/** The elements of a name that stand in another one. */
export const elementsOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? []

/** The one element down a path; undefined = there is none. */
export const elementAt = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((parent, name) => elementsOf(parent, name)[0], element)

/** The element as a value: text, or a record in which an element that comes again is a list. */
export const xmlValue = (element: XmlElement): unknown => {
  const { children, attributes, text } = element
  const names = Object.keys(attributes)
  if (children.length === 0 && names.length === 0) return text
  const record: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of names) record[`@${name}`] = attributes[name]
  if (children.length === 0) {
    record['#text'] = text
    return record
  }
  for (const child of children) {
    const value = xmlValue(child)
    const before = record[child.name]
    if (before === undefined) record[child.name] = value
    else if (Array.isArray(before)) before.push(value)
    else record[child.name] = [before, value]
  }
  return record
}
