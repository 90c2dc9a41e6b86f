import { useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Qos } from '#shared/model/qos'
import { useErrorText } from '../../../i18n/useErrorText'
import { markedProblem } from '../../../mqttUi/markedProblem'
import { QosField } from '../../../mqttUi/QosField'
import { newSubscriptions } from '../../../state/newSubscription'
import { subscriptionsState } from '../../../state/subscriptions'
import { useConnection } from '../../../state/useConnection'
import { useSubscriptionList } from '../../../state/useSubscriptions'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { VisibleName } from '../../../ui/VisibleText'
import { RowList } from '../../../ui/virtualList/RowList'
import { FilterField } from '../FilterField'
import styles from './paste.module.css'
import { judgedLines, type JudgedLine, type PastedLine } from './pastedFilters'

/** Wrong lines that can be mended here: who has more of them mends them where they come from. */
const mostMended = 50

interface PastedFiltersProps {
  readonly lines: readonly PastedLine[]
  readonly qos: Qos
  readonly onClose: () => void
}

/** Shows what a pasted list of filters would add, what is wrong in it, and what is there already, before it is added. */
export function PastedFilters({ lines, qos: asked, onClose }: PastedFiltersProps) {
  const t = useTranslations('subscriptions')
  const errorText = useErrorText()
  const list = useSubscriptionList()
  const saveMany = useConnection(subscriptionsState, (state) => state.saveMany)
  const button = useRef<HTMLButtonElement>(null)
  const [qos, setQos] = useState(asked)
  const [mended, setMended] = useState<ReadonlyMap<number, string>>(new Map())
  const [refusal, setRefusal] = useState<string | null>(null)
  const there = useMemo(() => new Set(list.map(({ subscription }) => subscription.filter)), [list])
  /** A line stays where it was found wrong, however it is mended. */
  const [wrong, right] = useMemo(() => parted(judgedLines(lines, new Set())), [lines])
  const judged = useMemo(() => judgedLines(withMended(lines, mended), there), [lines, mended, there])
  const standings = useMemo(() => new Map(judged.map((line) => [line.line, line])), [judged])
  const added = judged.filter(({ standing }) => standing === 'new').map(({ filter }) => filter)
  const stillWrong = judged.filter(({ standing }) => standing === 'wrong').length
  const add = async () => {
    const made = newSubscriptions(added, { qos, list, newId: () => crypto.randomUUID() })
    const error = await saveMany(made.map((subscription) => ({ subscription })))
    if (error) setRefusal(errorText(error))
    else onClose()
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button ref={button} variant="primary" disabled={added.length === 0} onClick={() => void add()}>
        {t('pasted.add', { count: added.length })}
      </Button>
    </>
  )
  return (
    <Dialog title={t('pasted.title')} open onClose={onClose} footer={footer} firstFocus={() => button.current}>
      <div className={styles.head}>
        <p role="status">
          {t('pasted.summary', { count: added.length, lines: lines.length })}
          {stillWrong > 0 ? (
            <span className={styles.wrongCount}> {t('pasted.wrong', { count: stillWrong })}</span>
          ) : null}
        </p>
        <QosField label={t('qos')} hideLabel wording="name" value={qos} onChange={setQos} />
      </div>
      {wrong.slice(0, mostMended).map((line) => (
        <WrongLine
          key={line.line}
          line={standings.get(line.line) ?? line}
          onChange={(filter) => setMended(new Map(mended).set(line.line, filter))}
        />
      ))}
      {wrong.length > mostMended ? (
        <p className={styles.moreWrong}>{t('pasted.moreWrong', { count: wrong.length - mostMended })}</p>
      ) : null}
      {right.length > 0 ? (
        <RowList
          label={t('pasted.list')}
          className={styles.lines}
          count={right.length}
          rowHeight={24}
          renderRow={(index) => <RightLine line={standings.get(right[index]?.line ?? 0)} />}
        />
      ) : null}
      {refusal === null ? null : (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      )}
    </Dialog>
  )
}

function WrongLine({ line, onChange }: { readonly line: JudgedLine; readonly onChange: (filter: string) => void }) {
  const t = useTranslations('subscriptions.pasted')
  return (
    <div className={styles.wrong}>
      <span className={styles.number}>{line.line}</span>
      <FilterField
        label={t('line', { line: line.line })}
        value={line.filter}
        onChange={onChange}
        marked={markedProblem(line.filter)}
        hideLabel
      />
      <Standing line={line} />
    </div>
  )
}

function RightLine({ line }: { readonly line: JudgedLine | undefined }) {
  if (!line) return null
  return (
    <div className={styles.line} data-standing={line.standing} data-filter={line.filter}>
      <span className={styles.number}>{line.line}</span>
      <span className={styles.filter}>
        <VisibleName text={line.filter} />
      </span>
      <Standing line={line} />
    </div>
  )
}

/** Nothing beside a line that is added, or that says itself what is wrong. */
function Standing({ line: { standing } }: { readonly line: JudgedLine }) {
  const t = useTranslations('subscriptions.pasted')
  return standing === 'there' || standing === 'twice' ? <span className={styles.standing}>{t(standing)}</span> : null
}

const parted = (lines: readonly JudgedLine[]): readonly [readonly JudgedLine[], readonly JudgedLine[]] => [
  lines.filter(({ standing }) => standing === 'wrong'),
  lines.filter(({ standing }) => standing !== 'wrong'),
]

const withMended = (lines: readonly PastedLine[], mended: ReadonlyMap<number, string>): readonly PastedLine[] =>
  lines.map(({ line, filter }) => ({ line, filter: mended.get(line) ?? filter }))
