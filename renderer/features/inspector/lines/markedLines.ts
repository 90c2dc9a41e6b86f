import { isElement } from '../../../ui/elements'
/** Stands for a line without text, so that it can be marked; the payload's own is shown as an escape. */
const emptyLine = '\u200b'

const isInLine = (node: Node): boolean => {
  const element = isElement(node) ? node : node.parentElement
  return element?.closest('[data-index]') != null
}

const markedPart = (line: Element, marked: Range): string => {
  const part = line.ownerDocument.createRange()
  part.selectNodeContents(line)
  if (marked.compareBoundaryPoints(Range.START_TO_START, part) > 0)
    part.setStart(marked.startContainer, marked.startOffset)
  if (marked.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(marked.endContainer, marked.endOffset)
  return part.toString().replaceAll(emptyLine, '')
}

export interface MarkedLines {
  readonly text: string
  /** The mark reached beyond the lines that exist: those that had scrolled out of view are not in it. */
  readonly isCut: boolean
}

/** The marked text of a list of lines, a line that was only cut for the view being one with the next. */
export const markedLines = (box: Element, marked: Range): MarkedLines => {
  const lines = [...box.querySelectorAll('[data-index]')].filter((line) => marked.intersectsNode(line))
  const text = lines
    .map((line, at) => {
      const isLast = at === lines.length - 1
      return markedPart(line, marked) + (isLast || line.querySelector('[data-cut]') ? '' : '\n')
    })
    .join('')
  return { text, isCut: !isInLine(marked.startContainer) || !isInLine(marked.endContainer) }
}
