import { memo, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { MessageLog } from '../../../model/messageLog/messageLog'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { isHead } from '../../../model/messageLog/payloadHead'
import { longestLine, shownLength } from '../../../decode/textLines'
import { useCopyText } from '../../../state/clipboard'
import { comparisonState } from '../../../state/comparison'
import { useDecoded } from '../../../state/decoded'
import { useConnection } from '../../../state/useConnection'
import { formatCount } from '../../../ui/format'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import { ComparisonBar } from './ComparisonBar'
import { differenceOf, differenceOfHeads, valueDifferenceOf, type Difference, type DifferenceLine } from './difference'
import ownStyles from './difference.module.css'
import { ValueDifferences } from './ValueDifferences'
import styles from '../inspector.module.css'
import { useLineScope } from '../lines/useLineScope'
import { VirtualLines } from '../lines/VirtualLines'
import { inLine, useCutMark } from '../payload/PayloadLine'

export interface DifferencePanelProps {
  readonly message: MessageView
  /** Another one after a clear. */
  readonly log: MessageLog
}

/** What changed since the previous message of the same topic, or since the one that was chosen to compare with. */
export const DifferencePanel = memo(function DifferencePanel({ message, log }: DifferencePanelProps) {
  const t = useTranslations('inspector')
  const chosen = useConnection(comparisonState, (state) => state.comparedWith)
  const other = useMemo(() => chosen ?? log.previousOf(message.sequence), [chosen, log, message.sequence])
  const before = useComparedBytes(other)
  const after = useComparedBytes(message)
  const difference = useMemo(
    () => other && (before && after ? differenceOf(before, after) : compare(other, message)),
    [other, message, before, after],
  )
  const values = useMemo(
    () =>
      difference?.kind === 'lines' &&
      other &&
      valueDifferenceOf(
        ...(before && after ? ([before, after] as const) : ([other.payload, message.payload] as const)),
      ),
    [difference, other, message, before, after],
  )
  const isItself = other?.sequence === message.sequence
  return (
    <>
      <ComparisonBar message={message} other={other} />
      {isItself ? <p className={styles.quiet}>{t('comparedWithItself')}</p> : null}
      {difference && !isItself ? (
        <>
          {values && values.length > 0 ? <ValueDifferences differences={values} /> : null}
          {values && values.length === 0 ? <p className={styles.quiet}>{t('difference.orderOnly')}</p> : null}
          <DifferenceBody key={`${other?.sequence} ${message.sequence}`} difference={difference} />
        </>
      ) : null}
      {other ? null : <p className={styles.quiet}>{t('difference.none')}</p>}
    </>
  )
})

/** What a message says as JSON where its payload is decoded; null = it is not, and its bytes are compared. */
const useComparedBytes = (message: MessageView | null): Uint8Array | null => {
  const decoded = useDecoded(message, message && !isHead(message) ? message.payload : null)
  return useMemo(() => (decoded?.status === 'decoded' ? encodeUtf8(decoded.json) : null), [decoded])
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
    <>
      <p className={ownStyles.linesHead}>
        {t('differenceText')}
        <span className={ownStyles.changeCounts}>
          <span data-sign="+">+{formatCount(difference.added)}</span>
          <span data-sign="-">−{formatCount(difference.removed)}</span>
        </span>
      </p>
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
    </>
  )
}

const compare = (previous: MessageView, message: MessageView): Difference =>
  isHead(previous) || isHead(message)
    ? differenceOfHeads(previous, message)
    : differenceOf(previous.payload, message.payload)
