import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import { longestLine, shownLength } from '../../../decode/textLines'
import { useCopyText } from '../../../state/clipboard'
import { useConnectionObject } from '../../../state/useConnection'
import { formatClock, formatCount } from '../../../ui/format'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import { differenceOf, differenceOfHeads, type Difference, type DifferenceLine } from './difference'
import styles from '../inspector.module.css'
import { useLineScope } from '../lines/useLineScope'
import { VirtualLines } from '../lines/VirtualLines'
import { inLine, useCutMark } from '../payload/PayloadLine'

/** What changed since the previous message of the same topic. */
export function DifferencePanel({ message }: { readonly message: MessageView }) {
  const t = useTranslations('inspector')
  const { log } = useConnectionObject().model
  const previous = useMemo(() => log.previousOf(message.sequence), [log, message.sequence])
  const difference = useMemo(() => previous && compare(previous, message), [previous, message])
  if (!previous || !difference) return <p className={styles.quiet}>{t('difference.none')}</p>
  return (
    <>
      <p className={styles.compared}>
        {t('comparedWith', {
          sequence: previous.sequence,
          time: formatClock(previous.time),
          direction: t(previous.outgoing ? 'sent' : 'received'),
        })}
        {difference.kind === 'lines' ? (
          <span className={styles.changeCounts}>
            <span data-sign="+">+{formatCount(difference.added)}</span>
            <span data-sign="-">−{formatCount(difference.removed)}</span>
          </span>
        ) : null}
      </p>
      <DifferenceBody key={message.sequence} difference={difference} />
    </>
  )
}

/** White space at a line's end is shown: it may be all that differs. */
function ChangedText({ line: { text, continues } }: { readonly line: DifferenceLine }) {
  const cutMark = useCutMark()
  let end = text.length
  if (!continues) while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1
  return (
    <span className={styles.changeText}>
      <VisibleText text={text.slice(0, end)} {...inLine} attributes={cutMark(continues)} />
      {end < text.length ? <VisibleName text={text.slice(end)} limit={longestLine} /> : null}
    </span>
  )
}

function DifferenceBody({ difference }: { readonly difference: Difference }) {
  const t = useTranslations('inspector')
  const copyText = useCopyText()
  const lines = difference.kind === 'lines' ? difference.lines : []
  const { attach } = useLineScope(() => void copyText(lines.map(({ sign, text }) => `${sign}${text}`).join('\n')))
  if (difference.kind !== 'lines') return <p className={styles.quiet}>{t(`difference.${difference.kind}`)}</p>
  return (
    <VirtualLines
      label={t('differenceText')}
      count={lines.length}
      lengthOf={(index) => shownLength(lines[index]?.text ?? '')}
      attach={attach}
      renderLine={(index) => {
        const line = lines[index]
        return line ? (
          <span className={styles.change} data-sign={line.sign}>
            <span className={styles.sign}>{line.sign}</span>
            <ChangedText line={line} />
          </span>
        ) : null
      }}
    />
  )
}

const compare = (previous: MessageView, message: MessageView): Difference =>
  isHead(previous) || isHead(message)
    ? differenceOfHeads(previous, message)
    : differenceOf(previous.payload, message.payload)
