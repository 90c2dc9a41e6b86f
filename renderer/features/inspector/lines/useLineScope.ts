// Why it is so: build/docs/decisions/56-select-all-asks-the-part-with-the-focus.md
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCopyText } from '../../../state/clipboard'
import { noticesState } from '../../../state/notices'
import { useApp } from '../../../state/useApp'
import { useEditScope } from '../../../ui/editScopes'
import { markedLines } from './markedLines'

export interface LineScope {
  /** The element that the lines scroll in; null while there is none. */
  readonly scroller: HTMLElement | null
  /** Takes it. */
  readonly attach: (lines: HTMLElement | null) => void
  readonly selectAll: () => void
  readonly focus: () => void
  /** Null while nothing of the lines is marked. */
  readonly copyMarked: () => (() => void) | null
}

/** Select All and Copy in a virtual list of lines: all of it is copied, though only the lines in view exist. */
export const useLineScope = (copyAll: () => void): LineScope => {
  const t = useTranslations('inspector')
  const copyText = useCopyText()
  const showNotice = useApp(noticesState, (state) => state.show)
  const [lines, attach] = useState<HTMLElement | null>(null)

  // Marked by the element around them, lines that scroll into view are marked too.
  const selectAll = () => lines && lines.ownerDocument.getSelection()?.selectAllChildren(spacerOf(lines))
  const copyRange = (marked: Range) => {
    if (!lines) return
    if (isWhole(marked, lines)) {
      copyAll()
      return
    }
    const { text, isCut } = markedLines(lines, marked)
    void copyText(text)
    if (isCut) showNotice({ text: t('markedInViewOnly') })
  }
  useEditScope(lines, { selectAll: () => void selectAll(), copy: copyAll, copyMarked: copyRange })
  return {
    scroller: lines,
    attach,
    focus: () => lines?.focus(),
    selectAll: () => {
      lines?.focus()
      selectAll()
    },
    copyMarked: () => {
      const selection = lines?.ownerDocument.getSelection()
      if (!lines || !selection || selection.isCollapsed || selection.rangeCount === 0) return null
      const range = selection.getRangeAt(0)
      return lines.contains(range.commonAncestorContainer) ? () => copyRange(range) : null
    },
  }
}

/** The element that holds every line, also those that come into view later. */
const spacerOf = (lines: Element): Element => lines.firstElementChild ?? lines

const isWhole = (marked: Range, lines: Element): boolean => {
  const whole = lines.ownerDocument.createRange()
  whole.selectNodeContents(spacerOf(lines))
  return (
    marked.compareBoundaryPoints(Range.START_TO_START, whole) <= 0 &&
    marked.compareBoundaryPoints(Range.END_TO_END, whole) >= 0
  )
}
