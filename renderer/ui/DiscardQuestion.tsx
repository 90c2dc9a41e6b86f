import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button'
import { isHtmlElement } from './elements'
import styles from './overlays.module.css'

/** How a form is left that may hold changes. */
export interface Leaving {
  /** The question stands in the place of the form's buttons. */
  readonly isAsking: boolean
  /** Leaves an untouched form, asks once about a changed one, and takes the question back where it stands already. */
  readonly leave: () => void
  /** Goes on where the focus was before the question. */
  readonly stay: () => void
  /** Takes the question back and leaves the focus where it is. */
  readonly takeBack: () => void
}

interface LeavingProps {
  readonly isChanged: () => boolean
  readonly close: () => void
}

export const useLeaving = ({ isChanged, close }: LeavingProps): Leaving => {
  const [isAsking, setAsking] = useState(false)
  const left = useRef<Element | null>(null)
  const stay = () => {
    setAsking(false)
    if (left.current && isHtmlElement(left.current)) left.current.focus()
  }
  const leave = () => {
    if (isAsking) stay()
    else if (isChanged()) {
      left.current = document.activeElement
      setAsking(true)
    } else close()
  }
  return { isAsking, leave, stay, takeBack: () => setAsking(false) }
}

interface QuestionProps {
  readonly onStay: () => void
  readonly onDiscard: () => void
}

/** The question before the changes of a form are thrown away. It takes the focus, on the side where nothing is lost. */
export function DiscardQuestion({ onStay, onDiscard }: QuestionProps) {
  const t = useTranslations('ui')
  return (
    <>
      <p role="alert" className={styles.discardQuestion}>
        {t('discardQuestion')}
      </p>
      <Button autoFocus onClick={onStay}>
        {t('keepEditing')}
      </Button>
      <Button variant="danger" onClick={onDiscard}>
        {t('discard')}
      </Button>
    </>
  )
}
