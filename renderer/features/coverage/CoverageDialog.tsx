import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { usePhrase } from '../../i18n/usePhrase'
import { connectionsState } from '../../state/connections'
import { dialogsState, selectDialog } from '../../state/dialogs'
import { noticesState } from '../../state/notices'
import { probeState } from '../../state/probe'
import { subscriptionsState } from '../../state/subscriptions'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { useEntry } from '../../state/useEntry'
import { useSteadyNow } from '../../state/useSteadyNow'
import { removeSubscriptions, saveSubscription, sendAnyway } from '../../state/subscriptionVerbs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ViewSwitch } from '../../ui/ViewSwitch'
import { visibleName } from '#shared/text/visibleText'
import styles from './coverage.module.css'
import type { FindingKind } from './findings'
import { OverlapsPane, type ChosenPair } from './OverlapsPane'
import { drawnAs, SubscriptionItem, type SubscriptionVerbs } from './SubscriptionItem'
import { Summary } from './Summary'
import { allTopics, type TopicQuery } from './topicCoverage'
import { TopicsPane } from './TopicsPane'
import { useCoverage } from './useCoverage'

const views = ['topics', 'overlaps'] as const
type View = (typeof views)[number]

/** A connection's subscriptions against its topics and each other. `children` are dialogs that stand over it. */
export function CoverageDialog({ children }: { readonly children?: ReactNode }) {
  return useApp(dialogsState, selectDialog('coverage')) && <OpenDialog>{children}</OpenDialog>
}

function OpenDialog({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('coverage')
  const close = useApp(dialogsState, (state) => state.close)
  const name = useEntry()?.profile.name ?? ''
  const now = useSteadyNow()
  const verbs = useVerbs()
  const [kind, setKind] = useState<FindingKind | null>(null)
  const [view, setView] = useState<View>('topics')
  const [wanted, setWanted] = useState(allTopics)
  const [pair, setPair] = useState<ChosenPair | null>(null)
  const map = useCoverage(wanted)
  const { query } = map
  const entries = [...map.entries.values()]
  const withKind = entries.filter(({ findings }) => findings.some((finding) => finding.kind === kind))
  const showTopics = useCallback((next: TopicQuery) => {
    setWanted(next)
    setView('topics')
  }, [])
  return (
    <Dialog
      title={t('title', { name: visibleName(name) })}
      open
      onClose={close}
      size="wide"
      footer={
        <>
          <LastNotice />
          <Button onClick={close}>{t('close')}</Button>
        </>
      }
    >
      <div className={styles.body} data-pending={map.pending}>
        <Summary {...{ map, now, kind }} onKind={setKind} onQuery={showTopics} />
        <div className={styles.columns}>
          <ul aria-label={t('subscriptions')} className={styles.items}>
            {/* The last finding of a kind may be dealt with: then all are shown again. */}
            {(withKind.length > 0 ? withKind : entries).map((entry) => {
              const { id } = entry.status.subscription
              const chosen = query.of.length === 1 && query.of[0] === id
              const shown = { entry, map, now, chosen }
              return <SubscriptionItem key={id} {...shown} verbs={verbs} drawn={drawnAs(shown)} onQuery={showTopics} />
            })}
          </ul>
          <div className={styles.side}>
            <ViewSwitch<View>
              label={t('view')}
              value={view}
              options={views.map((value) => ({ value, label: t(`views.${value}`) }))}
              onChange={setView}
            />
            {view === 'topics' ? (
              <TopicsPane map={map} onQuery={setWanted} />
            ) : (
              <OverlapsPane {...{ map, pair }} onPair={setPair} onTopics={(of) => showTopics({ through: 'any', of })} />
            )}
          </div>
        </div>
        {children}
      </div>
    </Dialog>
  )
}

const useVerbs = (): SubscriptionVerbs => {
  const connection = useConnectionObject()
  return useMemo(
    () => ({
      probe: ({ subscription }) => {
        connection.app.get(dialogsState).close()
        connection.app.get(connectionsState).show(connection.id)
        connection.get(probeState).probe(subscription.filter)
      },
      edit: ({ subscription }) => connection.get(subscriptionsState).edit(subscription.id),
      switchTo: ({ subscription }, enabled) => void saveSubscription(connection, { ...subscription, enabled }),
      remove: (status) => void removeSubscriptions(connection, [status]),
      sendAnyway: ({ subscription }) => void sendAnyway(connection, subscription.id),
    }),
    [connection],
  )
}

/** The newest notice: the window's own stand behind the dialog. */
function LastNotice() {
  const errorText = useErrorText()
  const textOf = usePhrase()
  const notice = useApp(noticesState, ({ all }) => all.at(-1))
  const dismiss = useApp(noticesState, (state) => state.dismiss)
  if (!notice) return <span className={styles.lastNotice} />
  const { content, action } = notice
  return (
    <p role="status" className={styles.lastNotice} data-error={'error' in content}>
      {'error' in content ? errorText(content.error) : textOf(content.text)}
      {action ? (
        <Button
          onClick={() => {
            action.run()
            dismiss(notice.id)
          }}
        >
          {textOf(action.label)}
        </Button>
      ) : null}
    </p>
  )
}
