import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react'
import { completionsAt, type Completion } from '../../../model/query/completion'
import { useCompletionSources } from './useCompletionSources'

interface CompletionOptions {
  readonly input: RefObject<HTMLInputElement | null>
  readonly query: string
  readonly changeQuery: (query: string) => void
}

export interface QueryCompletion {
  readonly isOpen: boolean
  readonly completions: readonly Completion[]
  /** The one that Enter or Tab takes; -1 = none. */
  readonly active: number
  accept(index: number): void
  /** Of the field. */
  readonly handlers: {
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
    readonly onBlur: (event: FocusEvent) => void
  }
}

const none: readonly Completion[] = []

/** Completions while a person types, or asks for them with an arrow key; a text that is set or pasted opens none. */
export const useCompletion = ({ input, query, changeQuery }: CompletionOptions): QueryCompletion => {
  const sources = useCompletionSources()
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(-1)
  const isTyping = useRef(false)
  const placeCaret = useCaret(input, query)
  const place = useMemo(() => (caret === null ? null : completionsAt(query, caret, sources)), [query, caret, sources])
  const completions = place?.completions ?? none
  const isOpen = completions.length > 0

  const show = (at: number | null) => {
    setCaret(at)
    setActive(-1)
  }
  const accept = (index: number) => {
    const chosen = completions[index]
    if (!place || !chosen) return
    const rest = query.slice(place.end)
    const text = chosen.isWhole && !rest.startsWith(' ') ? `${chosen.text} ` : chosen.text
    const end = place.start + text.length
    changeQuery(query.slice(0, place.start) + text + rest)
    placeCaret(end)
    show(chosen.isWhole ? null : end)
  }

  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    changeQuery(target.value)
    const at = target.selectionStart ?? target.value.length
    show(isTyping.current && /\S/.test(target.value.charAt(at - 1)) ? at : null)
    isTyping.current = false
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    isTyping.current = isTypingKey(event)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape' && isOpen) show(null)
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && active >= 0) accept(active)
    else if (step !== undefined && isOpen) setActive((active + step + completions.length) % completions.length)
    else if (event.key === 'ArrowDown') show(event.currentTarget.selectionStart)
    else {
      if (event.key === 'Enter' || event.key === 'Tab' || movesCaret(event)) show(null)
      return
    }
    event.preventDefault()
  }
  return { isOpen, completions, active, accept, handlers: { onChange, onKeyDown, onBlur: () => show(null) } }
}

/** `Process` is what an input method sends. */
const isTypingKey = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && (key.length === 1 || key === 'Backspace' || key === 'Delete' || key === 'Process')

const movesCaret = ({ key }: KeyboardEvent): boolean => ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)

/** Puts the caret where it belongs once the changed text stands in the field. */
const useCaret = (input: RefObject<HTMLInputElement | null>, query: string) => {
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    if (wanted.current !== null) input.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  }, [input, query])
  return (at: number) => {
    wanted.current = at
  }
}
