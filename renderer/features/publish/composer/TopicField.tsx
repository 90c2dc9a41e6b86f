import { useId, useState, type CSSProperties, type KeyboardEvent, type Ref } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from 'use-intl'
import { useConnectionObject } from '../../../state/useConnection'
import { classes } from '../../../ui/classes'
import { HiddenNote } from '../../../ui/HiddenNote'
import { VisibleName } from '../../../ui/VisibleText'
import styles from '../publish.module.css'
import { suggestTopics } from './suggestTopics'
import { useOverlayContainer } from '../../../ui/overlayContainer'

export interface TopicFieldProps {
  readonly value: string
  readonly onChange: (topic: string) => void
  /** Told before the text stands in the field, with its ends of lines, which the field has no room for. */
  readonly onPaste?: ((text: string) => void) | undefined
  readonly error: string | null
  readonly inputRef: Ref<HTMLInputElement>
}

/** The topic to publish to; completes from the topics seen on the connection. */
export function TopicField({ value, onChange, onPaste, error, inputRef }: TopicFieldProps) {
  const t = useTranslations('publish')
  const id = useId()
  const { suggestions, open, close, move } = useSuggestions()
  const active = suggestions?.topics[suggestions.active]
  const pick = (topic: string) => {
    onChange(topic)
    close()
  }
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (suggestions) move(event.key === 'ArrowDown' ? 1 : -1)
      else open(event.currentTarget, 0)
    } else if (event.key === 'Enter' && active !== undefined) pick(active)
    else if (event.key === 'Escape' && suggestions) {
      close()
      event.stopPropagation()
    } else return
    event.preventDefault()
  }
  return (
    <div className={styles.topic}>
      <label htmlFor={id}>{t('topic')}</label>
      <input
        ref={inputRef}
        id={id}
        role="combobox"
        aria-expanded={suggestions !== null}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={suggestions && active !== undefined ? `${id}-list-${suggestions.active}` : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : `${id}-hidden`}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('topicPlaceholder')}
        className={classes('mono', styles.topicInput)}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          open(event.target)
        }}
        onPaste={(event) => onPaste?.(event.clipboardData.getData('text/plain'))}
        onKeyDown={handleKey}
        onBlur={close}
      />
      {error ? (
        <p id={`${id}-error`} role="alert" className={styles.problem}>
          {error}
        </p>
      ) : (
        <HiddenNote id={`${id}-hidden`} text={value} />
      )}
      {suggestions ? (
        <SuggestionList id={`${id}-list`} label={t('suggestions')} suggestions={suggestions} onPick={pick} />
      ) : null}
    </div>
  )
}

interface Suggestions {
  readonly topics: readonly string[]
  /** -1 = none: Enter then picks nothing. */
  readonly active: number
  readonly place: Pick<CSSProperties, 'left' | 'width' | 'top' | 'bottom' | 'maxHeight'>
}

const mostSuggestions = 50

/**
 * Above the field, so that it covers neither payload nor button, unless there is no room; outside the pane, which would cut
 * it off.
 */
const placeOf = (input: HTMLInputElement): Suggestions['place'] => {
  const { left, top, bottom, width } = input.getBoundingClientRect()
  const viewHeight = (input.ownerDocument.defaultView ?? window).innerHeight
  const roomAbove = top - 8
  const roomBelow = viewHeight - bottom - 8
  if (roomAbove < 96 && roomBelow > roomAbove)
    return { left, width, top: bottom + 2, maxHeight: Math.min(288, roomBelow) }
  return { left, width, bottom: viewHeight - top + 2, maxHeight: Math.max(96, Math.min(288, roomAbove)) }
}

/** Topics to pick from while the list is open. They stand still until the next key, whatever arrives. */
const useSuggestions = () => {
  const connection = useConnectionObject()
  const [suggestions, setSuggestions] = useState<Suggestions | null>(null)
  return {
    suggestions,
    close: () => setSuggestions(null),
    open: (input: HTMLInputElement, active = -1) => {
      const topics = suggestTopics(connection.model.topicNames, input.value, mostSuggestions)
      setSuggestions(topics.length === 0 ? null : { topics, active, place: placeOf(input) })
    },
    move: (step: 1 | -1) =>
      setSuggestions((now) => {
        if (!now) return null
        const count = now.topics.length
        const active = now.active < 0 ? (step > 0 ? 0 : count - 1) : (now.active + step + count) % count
        return { ...now, active }
      }),
  }
}

interface ListProps {
  readonly id: string
  readonly label: string
  readonly suggestions: Suggestions
  readonly onPick: (topic: string) => void
}

function SuggestionList({ id, label, suggestions, onPick }: ListProps) {
  const container = useOverlayContainer()
  return createPortal(
    <ul id={id} role="listbox" aria-label={label} className={styles.suggestions} style={suggestions.place}>
      {suggestions.topics.map((topic, index) => (
        <li
          key={topic}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === suggestions.active}
          ref={index === suggestions.active ? scrollIntoView : undefined}
          className={styles.suggestion}
          // Keeps the focus, and so the list, in the field until the click is over.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(topic)}
        >
          <VisibleName text={topic} mostPieces={4} />
        </li>
      ))}
    </ul>,
    container ?? document.body,
  )
}

const scrollIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })
