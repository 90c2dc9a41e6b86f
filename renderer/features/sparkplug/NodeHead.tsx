import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { EdgeNode, MetricSource } from '#shared/sparkplug/edgeNode'
import { visibleName } from '#shared/text/visibleText'
import { selectIsOnline, sessionState } from '../../state/session'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useEntry } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { formatClock } from '../../ui/format'
import { StateDot } from '../../ui/StateDot'
import { VisibleName } from '../../ui/VisibleText'
import { askForRebirth } from './askForRebirth'
import { statusTones } from './NetworkTree'
import styles from './sparkplug.module.css'

interface HeadProps {
  readonly node: EdgeNode
  /** The edge node itself, or one of its devices. */
  readonly source: MetricSource
}

/** What is known of an edge node or a device, and the verb that asks the node for a new birth. */
export function NodeHead({ node, source }: HeadProps) {
  const t = useTranslations('sparkplug')
  const last = node.lastSequence()
  const facts = [
    t('births', { count: source.births }),
    source.bornAt === null ? null : t('bornAt', { time: formatClock(source.bornAt) }),
    source.diedAt === null ? null : t('diedAt', { time: formatClock(source.diedAt) }),
    last === null ? null : t('lastSequence', { number: last }),
    node.bdSeq === null ? null : t('bdSeq', { number: node.bdSeq }),
    rebirthFact(node, t),
  ]
  return (
    <header className={styles.head}>
      <div className={styles.title} data-status={source.status}>
        <StateDot {...statusTones[source.status]} />
        <h2 className={styles.headName}>
          <VisibleName text={source === node ? node.name : `${node.name}/${source.name}`} mostPieces={4} />
        </h2>
        <span className={styles.status}>{t(`statuses.${source.status}`)}</span>
        <RebirthButton node={node} />
      </div>
      {wantsBirth(node) ? <p className={styles.needs}>{t('needsBirth')}</p> : null}
      <p className={styles.facts}>{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </header>
  )
}

/** Nobody is there to ask once its death was heard. */
const wantsBirth = ({ needsBirth, status }: EdgeNode): boolean => needsBirth && status !== 'offline'

const rebirthFact = (
  { rebirthAskedAt, rebirthAnsweredAt }: EdgeNode,
  t: ReturnType<typeof useTranslations<'sparkplug'>>,
): string | null => {
  if (rebirthAskedAt === null) return null
  return rebirthAnsweredAt !== null && rebirthAnsweredAt >= rebirthAskedAt
    ? t('rebirthAnswered', { time: formatClock(rebirthAnsweredAt) })
    : t('rebirthAsked', { time: formatClock(rebirthAskedAt) })
}

function RebirthButton({ node }: { readonly node: EdgeNode }) {
  const t = useTranslations('sparkplug')
  const connection = useConnectionObject()
  const isOnline = useConnection(sessionState, selectIsOnline)
  const isProduction = useEntry()?.profile.production === true
  const [isAsked, ask] = useState(false)
  const send = () => void askForRebirth(connection, node)
  return (
    <>
      <Button
        icon={<RefreshCw size={14} aria-hidden />}
        variant={wantsBirth(node) ? 'primary' : 'plain'}
        disabled={!isOnline}
        title={t(isOnline ? 'rebirthHint' : 'rebirthOffline')}
        // Where others depend on the connection, a person is asked first.
        onClick={isProduction ? () => ask(true) : send}
      >
        {t('rebirth')}
      </Button>
      {isAsked ? <RebirthDialog node={node} onConfirm={send} onClose={() => ask(false)} /> : null}
    </>
  )
}

interface DialogProps {
  readonly node: EdgeNode
  readonly onConfirm: () => void
  readonly onClose: () => void
}

function RebirthDialog({ node, onConfirm, onClose }: DialogProps) {
  const t = useTranslations('sparkplug')
  const profile = useEntry()?.profile
  const confirm = () => {
    onConfirm()
    onClose()
  }
  return (
    <Dialog
      title={t('confirmTitle')}
      size="small"
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="danger" onClick={confirm}>
            {t('rebirth')}
          </Button>
        </>
      }
    >
      <p>{t('confirmWhere', { name: visibleName(profile?.name ?? ''), host: visibleName(profile?.host ?? '') })}</p>
      <p>
        <strong>{visibleName(node.name)}</strong>
      </p>
    </Dialog>
  )
}
