import { useTranslations } from 'use-intl'
import { hiddenExcerpt, type HiddenExcerpt } from '#shared/text/hiddenExcerpt'
import styles from './pieces.module.css'
import { VisibleName, VisibleText } from './VisibleText'

interface HiddenNoteProps {
  readonly id?: string
  readonly text: string
  /** A payload: its lines and tabs are seen, and so are its spaces. */
  readonly isPayload?: boolean
}

/** Characters of the excerpt. */
const shown = 60

interface ExcerptProps extends HiddenNoteProps {
  readonly excerpt: HiddenExcerpt
}

/** Stands below a field: shows what its text holds and the field does not. Nothing where all is to be seen. */
export function HiddenNote(props: HiddenNoteProps) {
  const { text, isPayload = false } = props
  const excerpt = hiddenExcerpt(text, !isPayload, isPayload ? '\n\t' : '')
  return excerpt ? <Excerpt {...props} excerpt={excerpt} /> : null
}

function Excerpt({ id, excerpt, isPayload }: ExcerptProps) {
  const t = useTranslations('ui')
  const Shown = isPayload ? VisibleText : VisibleName
  return (
    <p id={id} className={styles.hint} data-part="hidden">
      {t('hiddenCharacters')}{' '}
      <span className={styles.excerpt}>
        {excerpt.startsLater ? '…' : null}
        <Shown text={excerpt.text} limit={shown} />
      </span>
    </p>
  )
}
