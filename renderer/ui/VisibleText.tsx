import { Fragment, type HTMLAttributes } from 'react'
import { useTranslations } from 'use-intl'
import { shownText, type ShowOptions } from '#shared/text/visibleText'
import styles from './pieces.module.css'

interface VisibleTextProps extends Omit<ShowOptions, 'isName'> {
  readonly text: string
  /** The text is the start of a longer one, of which nobody here knows how long it is. */
  readonly isStart?: boolean
  /** Of the element around it. */
  readonly attributes?: HTMLAttributes<HTMLElement>
  /** Finds what is to be marked in a text, sorted; null = nothing. */
  readonly hitsIn?: ((text: string) => readonly MarkedRange[]) | null
}

interface MarkedRange {
  readonly from: number
  readonly to: number
}

/**
 * Text that came from outside: hidden characters stand as escapes, its direction cannot leak into its neighbours, and
 * what is beyond the limit is counted.
 */
export function VisibleText(props: VisibleTextProps) {
  return <Shown {...props} />
}

/** The same for a topic, a filter or another name, in which a space may deceive as well. */
export function VisibleName(props: VisibleTextProps) {
  return <Shown {...props} isName />
}

function CutNote({ more }: { readonly more: number }) {
  const t = useTranslations('ui')
  return <span className={styles.cutNote}>{t('moreCharacters', { count: more })}</span>
}

function Shown({ text, isStart = false, attributes, hitsIn = null, ...options }: VisibleTextProps & ShowOptions) {
  const { pieces, more } = shownText(text, options)
  return (
    <bdi {...attributes}>
      {pieces.map((piece, index) =>
        piece.escaped ? (
          <span key={index} className={styles.escape}>
            {piece.text}
          </span>
        ) : hitsIn ? (
          <MarkedText key={index} text={piece.text} ranges={hitsIn(piece.text)} />
        ) : (
          piece.text
        ),
      )}
      {isStart ? '…' : more > 0 ? <CutNote more={more} /> : null}
    </bdi>
  )
}

function MarkedText({ text, ranges }: { readonly text: string; readonly ranges: readonly MarkedRange[] }) {
  return (
    <>
      {ranges.map(({ from, to }, index) => (
        <Fragment key={from}>
          {text.slice(ranges[index - 1]?.to ?? 0, from)}
          <mark className={styles.hit}>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.to ?? 0)}
    </>
  )
}
