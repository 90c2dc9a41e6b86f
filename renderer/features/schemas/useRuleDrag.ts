import { useState, type DragEvent } from 'react'
import type { PayloadRule } from '#shared/model/payloadRule'
import type { RulePlace } from '../../state/payloadRules'

export interface RuleDrag {
  readonly draggedId: string | null
  /** The place under the pointer, by `markOf`; null = none. */
  readonly mark: string | null
  readonly start: (rule: PayloadRule, event: DragEvent<HTMLElement>) => void
  readonly end: () => void
  readonly over: (place: RulePlace) => {
    readonly onDragOver: (event: DragEvent<HTMLElement>) => void
    readonly onDragLeave: () => void
    readonly onDrop: (event: DragEvent<HTMLElement>) => void
  }
}

export const markOf = ({ connectionId, beforeId }: RulePlace): string => beforeId ?? `end of ${connectionId ?? 'all'}`

/** Drag and drop of rules, each before the row or at the end of the group that it is dropped on. */
export const useRuleDrag = (place: (ruleId: string, place: RulePlace) => void): RuleDrag => {
  const [draggedId, setDraggedId] = useState<string | null>(null)
  const [mark, setMark] = useState<string | null>(null)
  const end = () => {
    setDraggedId(null)
    setMark(null)
  }
  return {
    draggedId,
    mark,
    end,
    start: ({ id }, event) => {
      event.dataTransfer.effectAllowed = 'move'
      // Without data some systems do not begin a drag.
      event.dataTransfer.setData('text/plain', '')
      setDraggedId(id)
    },
    over: (target) => ({
      onDragOver: (event) => {
        if (draggedId === null) return
        event.preventDefault()
        if (mark !== markOf(target)) setMark(markOf(target))
      },
      onDragLeave: () => setMark(null),
      onDrop: (event) => {
        if (draggedId === null) return
        event.preventDefault()
        place(draggedId, target)
        end()
      },
    }),
  }
}
