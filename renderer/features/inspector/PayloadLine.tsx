import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { VisibleText } from '../../ui/VisibleText'
import styles from './inspector.module.css'
import { jsonTokens } from './jsonTokens'
import type { Line } from './textLines'

/** Text with its tabs as tabs; everything else that hides stands as an escape. */
function PlainText({ text }: { readonly text: string }) {
  if (!text.includes('\t')) return <VisibleText text={text} />
  return text.split('\t').map((piece, index) => (
    <Fragment key={index}>
      {index > 0 ? '\t' : null}
      {piece === '' ? null : <VisibleText text={piece} />}
    </Fragment>
  ))
}

/** One line of a payload. A line that was cut says so, and has no colours, since a token may be cut with it. */
export function PayloadLine({ line, coloured }: { readonly line: Line; readonly coloured: boolean }) {
  const t = useTranslations('inspector')
  if (line.text === '') return '\u200b'
  if (!coloured || line.continues)
    return (
      <>
        <PlainText text={line.text} />
        {line.continues ? (
          <span className={styles.cut} title={t('cutHint')} data-cut={t('cut')} aria-hidden="true" />
        ) : null}
      </>
    )
  return jsonTokens(line.text).map((token, index) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      <span key={index} data-token={token.kind}>
        <VisibleText text={token.text} />
      </span>
    ),
  )
}
