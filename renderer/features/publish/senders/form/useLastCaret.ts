import { useRef, type RefObject } from 'react'
import { isElement, isInput } from '../../../../ui/elements'
import type { PayloadEditorHandle } from '../../composer/PayloadEditor'

/** Where a text goes that a click puts into a message: where the caret was last, into the payload while it was nowhere else. */
interface LastCaret {
  /** Told of what takes the focus within the message. */
  readonly noteFocus: (target: EventTarget) => void
  readonly insert: (text: string) => void
  /** Something else was written since: the next text goes into the payload. */
  readonly forget: () => void
}

export const useLastCaret = (editor: RefObject<PayloadEditorHandle | null>): LastCaret => {
  /** Null = the payload. */
  const last = useRef<HTMLInputElement | null>(null)
  return {
    // A button or a choice that is made in between leaves the caret where it was.
    noteFocus: (target) => {
      if (isInput(target) && target.type === 'text') last.current = target
      else if (isElement(target) && target.closest('[contenteditable]')) last.current = null
    },
    insert: (text) => {
      // A field that was folded away is no place any more.
      if (last.current?.isConnected) insertInto(last.current, text)
      else editor.current?.insert(text)
    },
    forget: () => {
      last.current = null
    },
  }
}

/** As if it was typed: what stands marked gives way to it, and the form is told. */
const insertInto = (input: HTMLInputElement, text: string) => {
  const end = input.value.length
  input.focus()
  input.setRangeText(text, input.selectionStart ?? end, input.selectionEnd ?? end, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
